vcl 4.1;

# Varnish in front of Bayan. It caches what Cache-Control allows, and serves it for ten minutes more while it revalidates.
# TLS ends in front of Varnish (hitch, with the PROXY protocol, so that client.ip is the client).
#
#   varnishd -f deploy/varnish.vcl -a 127.0.0.1:8080 -p timeout_idle=75
#
# The default of timeout_idle, 5 s, closes the connections of clients that poll more seldom.

backend bayan {
    .host = "127.0.0.1";
    .port = "8081";
    .connect_timeout = 1s;
    .first_byte_timeout = 15s;
    .probe = { .url = "/health/ready"; .interval = 1s; .timeout = 1s; .window = 2; .threshold = 1; }
}

sub vcl_recv {
    # The header that the client sent is replaced: it may be forged.
    set req.http.X-Forwarded-For = client.ip;
    # A request of HTTP/1.0 may have no Host. All hosts share the cached responses: Bayan does not read the Host.
    set req.http.Host = "bayan";
    # Bayan sets no cookie and reads none; with one, Varnish would cache nothing.
    unset req.http.Cookie;
    # Metrics are for the operator, if there is no admin listener.
    if (req.url ~ "/metrics([?#]|$)") {
        return (synth(404));
    }
}
