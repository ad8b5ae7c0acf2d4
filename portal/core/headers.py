"""Headers of every answer: nothing inline, nothing from third parties, no framing, no sniffing."""

from flask import Flask, Response
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

POLICY = (
    ContentSecurityPolicy()
    .default_src("'self'")
    .img_src("'self'", "data:")
    .object_src("'none'")
    .base_uri("'none'")
    .form_action("'self'")
    .frame_ancestors("'none'")
)


def init_app(app: Flask) -> None:
    transport = StrictTransportSecurity().max_age(31536000) if app.config["SECURE"] else None
    headers = Secure(
        csp=POLICY,
        hsts=transport,
        coop=CrossOriginOpenerPolicy().same_origin(),
        referrer=ReferrerPolicy().strict_origin_when_cross_origin(),
        permissions=PermissionsPolicy().geolocation().camera().microphone(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
    ).headers

    @app.after_request
    def add(response: Response) -> Response:
        own = {name.lower() for name, _ in response.headers}
        for name, value in headers.items():
            if name.lower() not in own:
                response.headers.add(name, value)
        return response
