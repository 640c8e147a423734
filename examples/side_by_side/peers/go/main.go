// The configurations of the guides in rs/cors and jub0bs/cors.
package main

import (
	"log"
	"net/http"
	"os"

	jub0bs "github.com/jub0bs/cors"
	rs "github.com/rs/cors"
)

var ofRs = map[string]*rs.Cors{
	"permissive": rs.AllowAll(),
	"spa": rs.New(rs.Options{
		AllowedOrigins:   []string{"https://app.example", "https://*.app.example"},
		AllowCredentials: true,
		AllowedMethods:   []string{"GET", "POST", "PUT", "DELETE"},
		AllowedHeaders:   []string{"content-type", "authorization"},
		ExposedHeaders:   []string{"x-total"},
		MaxAge:           600,
	}),
	"public": rs.New(rs.Options{AllowedMethods: []string{"GET"}, ExposedHeaders: []string{"x-total"}}),
	"admin": rs.New(rs.Options{
		AllowedOrigins:   []string{"https://admin.example"},
		AllowCredentials: true,
		AllowedMethods:   []string{"PUT"},
		AllowedHeaders:   []string{"content-type"},
	}),
}

var ofJub0bs = map[string]jub0bs.Config{
	"permissive": {
		Origins:         []string{"*"},
		Methods:         []string{"*"},
		RequestHeaders:  []string{"*", "Authorization"},
		ResponseHeaders: []string{"*"},
	},
	"spa": {
		Origins:         []string{"https://app.example", "https://*.app.example"},
		Credentialed:    true,
		Methods:         []string{"GET", "POST", "PUT", "DELETE"},
		RequestHeaders:  []string{"Content-Type", "Authorization"},
		ResponseHeaders: []string{"X-Total"},
		MaxAgeInSeconds: 600,
	},
	"public": {Origins: []string{"*"}, ResponseHeaders: []string{"X-Total"}},
	"admin": {
		Origins:        []string{"https://admin.example"},
		Credentialed:   true,
		Methods:        []string{"PUT"},
		RequestHeaders: []string{"Content-Type"},
	},
}

func item(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Total", "2")
	w.Write([]byte("a lamp\n"))
}

// The first argument is the name of the library, the second one the port.
func main() {
	mux := http.NewServeMux()
	for name := range ofRs {
		routes := http.NewServeMux()
		routes.HandleFunc("/"+name+"/item", item)
		if os.Args[1] == "rs-cors" {
			mux.Handle("/"+name+"/", ofRs[name].Handler(routes))
			continue
		}
		middleware, err := jub0bs.NewMiddleware(ofJub0bs[name])
		if err != nil {
			log.Fatal(err)
		}
		mux.Handle("/"+name+"/", middleware.Wrap(routes))
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[2], mux))
}
