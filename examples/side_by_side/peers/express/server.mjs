// The configurations of the guide in the package `cors` for Node.js, with express.
import cors from "cors";
import express from "express";

const configurations = {
    permissive: {},
    spa: {
        origin: ["https://app.example", /^https:\/\/([a-z0-9-]+\.)+app\.example$/],
        credentials: true,
        methods: ["GET", "POST", "PUT", "DELETE"],
        allowedHeaders: ["content-type", "authorization"],
        exposedHeaders: ["x-total"],
        maxAge: 600,
    },
    public: { methods: ["GET"], allowedHeaders: [], exposedHeaders: ["x-total"] },
    admin: {
        origin: "https://admin.example",
        credentials: true,
        methods: ["PUT"],
        allowedHeaders: ["content-type"],
    },
};

const app = express();
for (const [name, options] of Object.entries(configurations)) {
    app.use(`/${name}`, cors(options));
}
app.all("/:configuration/item", (_, response) => response.set("x-total", "2").send("a lamp\n"));
app.listen(Number(process.argv[2]), "127.0.0.1");
