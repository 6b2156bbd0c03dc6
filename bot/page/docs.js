// Shows the routes with Swagger UI, which is served from this machine.
window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#routes",
  deepLinking: true,
  tryItOutEnabled: false,
  validatorUrl: null,
});
