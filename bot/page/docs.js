// Shows the routes with Swagger UI, which is served from this machine.

/** Where the routes are: below the folder that this page is in, whatever a proxy calls it. */
const place = new URL(".", document.baseURI);

window.SwaggerUIBundle({
  url: new URL("openapi.json", place).href,
  dom_id: "#routes",
  deepLinking: true,
  tryItOutEnabled: false,
  validatorUrl: null,
  // The description names routes from the root on, which is where a proxy may have other things.
  requestInterceptor: (request) => Object.assign(request, { url: inPlace(request.url) }),
});

function inPlace(address) {
  return address.startsWith(place.href)
    ? address
    : new URL(address.slice(place.origin.length + 1), place).href;
}
