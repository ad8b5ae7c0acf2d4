"""The roof: the only module that knows every feature."""

from flask import Flask

import config as settings
from portal import cli
from portal.accounts import browsers, caching, guards, refusals
from portal.accounts import views as accounts
from portal.charter import office as charter_office
from portal.charter import slots as _charter_slots
from portal.charter import views as charter
from portal.core import database, headers, languages, limits, pages, server
from portal.core.application import Portal
from portal.core.pictures import storage
from portal.demo import views as demo
from portal.desk import office as desk
from portal.desk import slots as _desk_slots
from portal.events import office as events_office
from portal.events import slots as _events_slots
from portal.events import views as events
from portal.exchange import joint as _exchange_joint
from portal.exchange import listeners as _exchange
from portal.exchange import office as exchange_office
from portal.exchange import slots as _exchange_slots
from portal.exchange import views as exchange
from portal.history import listeners as _history
from portal.history import office as history
from portal.history import slots as _history_slots
from portal.home import views as home
from portal.joint import office as joint_office
from portal.joint import slots as _joint_slots
from portal.news import office as news_office
from portal.news import views as news
from portal.notifications import hurrying
from portal.notifications import listeners as _notifications
from portal.notifications import office as notifications_office
from portal.notifications import slots as _notifications_slots
from portal.partners import joint as _partners_joint
from portal.partners import office as partners_office
from portal.partners import views as partners
from portal.projects import joint as _projects_joint
from portal.projects import listeners as _projects
from portal.projects import office as projects_office
from portal.projects import slots as _projects_slots
from portal.projects import views as projects
from portal.registrations import listeners as _registrations
from portal.registrations import office as registrations_office
from portal.registrations import slots as _registrations_slots
from portal.registrations import views as registration_pages
from portal.registrations.office import slots as _registrations_office_slots
from portal.search import views as search
from portal.teams import listeners as _teams
from portal.teams import office as teams_office
from portal.teams import views as teams

LISTENERS = (_exchange, _history, _notifications, _projects, _registrations, _teams)
SLOTS = (
    _charter_slots,
    _desk_slots,
    _events_slots,
    _history_slots,
    _joint_slots,
    _notifications_slots,
    _projects_slots,
    _registrations_office_slots,
    _exchange_slots,
    _registrations_slots,
)
JOINT = (_exchange_joint, _partners_joint, _projects_joint)
BLUEPRINTS = (
    home.bp,
    accounts.bp,
    *partners.BLUEPRINTS,
    *partners_office.BLUEPRINTS,
    *charter.BLUEPRINTS,
    *charter_office.BLUEPRINTS,
    *teams.BLUEPRINTS,
    teams_office.bp,
    *projects.BLUEPRINTS,
    projects_office.bp,
    *exchange.BLUEPRINTS,
    exchange_office.bp,
    events.bp,
    events_office.bp,
    *registration_pages.BLUEPRINTS,
    *registrations_office.BLUEPRINTS,
    news.bp,
    news_office.bp,
    search.bp,
    desk.bp,
    joint_office.bp,
    history.bp,
    notifications_office.bp,
)


def create_app(config: object = None) -> Flask:
    """The application. Without a configuration it reads the environment."""
    app = Portal(__name__, template_folder="../templates", static_folder=None)
    app.config.from_object(config or settings.from_environment())
    app.config["DATA_DIR"].mkdir(parents=True, exist_ok=True, mode=0o700)
    database.init_app(app)
    languages.init_app(app)
    pages.init_app(app)
    app.jinja_env.filters["browser"] = browsers.browser
    headers.init_app(app)
    limits.init_app(app)
    storage.init_app(app)
    for bp in (*BLUEPRINTS, *([demo.bp] if app.config["DEMO"] else [])):
        app.register_blueprint(bp)
    guards.init_app(app)  # after the blueprints: it refuses to start while a view has no guard
    caching.init_app(app)
    refusals.init_app(app)
    app.after_request(hurrying.hurry_when_letters_were_written)
    cli.init_app(app)
    server.init_app(app)
    return app
