// The configurations of the guide in Spring's CorsFilter, with Tomcat.

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

public class Server {
    static UrlBasedCorsConfigurationSource configurations() {
        var permissive = new CorsConfiguration().applyPermitDefaultValues();

        var spa = new CorsConfiguration();
        spa.setAllowedOrigins(List.of("https://app.example"));
        spa.setAllowedOriginPatterns(List.of("https://*.app.example"));
        spa.setAllowCredentials(true);
        spa.setAllowedMethods(List.of("GET", "POST", "PUT", "DELETE"));
        spa.setAllowedHeaders(List.of("content-type", "authorization"));
        spa.setExposedHeaders(List.of("x-total"));
        spa.setMaxAge(Duration.ofMinutes(10));

        var open = new CorsConfiguration();
        open.setAllowedOrigins(List.of("*"));
        open.setExposedHeaders(List.of("x-total"));

        var admin = new CorsConfiguration();
        admin.setAllowedOrigins(List.of("https://admin.example"));
        admin.setAllowCredentials(true);
        admin.setAllowedMethods(List.of("PUT"));
        admin.setAllowedHeaders(List.of("content-type"));

        var source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/permissive/**", permissive);
        source.registerCorsConfiguration("/spa/**", spa);
        source.registerCorsConfiguration("/public/**", open);
        source.registerCorsConfiguration("/admin/**", admin);
        return source;
    }

    public static void main(String[] arguments) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setPort(Integer.parseInt(arguments[0]));
        tomcat.getConnector();
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "item", new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.setHeader("X-Total", "2");
                response.getWriter().write("a lamp\n");
            }
        });
        context.addServletMappingDecoded("/*", "item");
        var filter = new FilterDef();
        filter.setFilterName("cors");
        filter.setFilter(new CorsFilter(configurations()));
        context.addFilterDef(filter);
        var everything = new FilterMap();
        everything.setFilterName("cors");
        everything.addURLPattern("/*");
        context.addFilterMap(everything);
        tomcat.start();
        tomcat.getServer().await();
    }
}
