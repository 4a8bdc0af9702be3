# SPDX-License-Identifier: EUPL-1.2
"""The stand-in over HTTP: the few calls of Stripe's API that we make, and a pay page for people."""

from html import escape
from typing import Any
from urllib.parse import parse_qsl

from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from wijkbudget.payments.providers.fake.till import Till, demand_test_key
from wijkbudget.payments.providers.fake.wrong import Json, Wrong

METHODS = {"ideal": "iDEAL | Wero", "card": "Creditcard"}
_STYLE = (
    "body{font:1.1rem/1.5 sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "button{font:inherit;display:block;width:100%;margin:.5rem 0;padding:.75rem;border:2px solid #134;"
    "background:#fff;color:#134}button.main{background:#134;color:#fff}"
    "p.stand-in{border:2px dashed #a30;padding:.75rem}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:.25rem .5rem .25rem 0;vertical-align:top}"
)
_STAND_IN = (
    "<p class=stand-in>Dit is een nagemaakte betaalpagina. Er gaat geen echt geld om, en zij bewijst niets over de "
    "echte betaaldienst.</p>"
)


def make_fake(till: Till) -> Litestar:
    """Return the application around a till."""
    return Litestar(
        [*_api(till), *_pages(till)],
        exception_handlers={Wrong: _answer_wrong},
        openapi_config=None,
        logging_config=None,
    )


def _api(till: Till) -> list[HTTPRouteHandler]:
    """Return the calls of Stripe's API that we make."""

    @post("/v1/checkout/sessions", status_code=200)
    async def open_session(request: Request[Any, Any, Any]) -> Json:
        asked = await _asked(request)
        return till.once(*_who(request), asked, lambda: till.open(asked))

    @post("/v1/refunds", status_code=200)
    async def refund(request: Request[Any, Any, Any]) -> Json:
        asked = await _asked(request)
        return till.once(*_who(request), asked, lambda: till.refund(asked))

    @get("/v1/balance_transactions")
    async def balance_transactions(request: Request[Any, Any, Any]) -> Json:
        demand_test_key(request.headers.get("Authorization", ""))
        return till.balance.parts(dict(request.query_params))

    return [open_session, refund, balance_transactions]


def _pages(till: Till) -> list[HTTPRouteHandler]:
    """Return the pay page, and the page on which one lets things happen afterwards."""

    @get("/pay/{session_id:str}", media_type=MediaType.HTML)
    async def pay_page(session_id: FromPath[str]) -> str:
        session = till.sessions.get(session_id)
        return _pay_page(session) if session and session["status"] == "open" else _page("Gesloten", _CLOSED)

    @post("/pay/{session_id:str}")
    async def pay(request: Request[Any, Any, Any], session_id: FromPath[str]) -> Redirect:
        choice = (await _asked(request)).get("choice", "")
        if choice in METHODS:
            till.pay(session_id, choice)
        elif choice in {"fail", "expire"}:
            {"fail": till.fail, "expire": till.expire}[choice](session_id)
        back = "success_url" if choice in METHODS else "cancel_url"
        return Redirect(till.sessions[session_id][back], status_code=303)

    @get("/", media_type=MediaType.HTML)
    async def overview() -> str:
        return _page("Nagemaakte betaaldienst", _overview(till))

    @post("/")
    async def afterwards(request: Request[Any, Any, Any]) -> Redirect:
        act, _space, about = (await _asked(request)).get("choice", "").partition(" ")
        acts = {
            "dispute": till.dispute,
            "win": till.win,
            "fail-refund": till.fail_refund,
            "pay-out": lambda _all: till.pay_out(),
            "fail-payout": till.fail_payout,
        }
        acts[act](about)
        return Redirect("/", status_code=303)

    return [pay_page, pay, overview, afterwards]


_CLOSED = "<p>Deze betaalpagina is gesloten.</p>"


def _who(request: Request[Any, Any, Any]) -> tuple[str, str | None]:
    return request.headers.get("Authorization", ""), request.headers.get("Idempotency-Key")


async def _asked(request: Request[Any, Any, Any]) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))


def _answer_wrong(_request: Request[Any, Any, Any], wrong: Wrong) -> Response[Json]:
    return Response(wrong.body, status_code=wrong.status)


def _pay_page(session: Json) -> str:
    ways = "".join(f"<button class=main name=choice value={key}>{name}</button>" for key, name in METHODS.items())
    return _page(
        f"Betaal {_euros(session['amount_total'])}",
        f"<p>{escape(session['_title'])}</p><form method=post>{ways}"
        "<button name=choice value=cancel>Niet betalen, terug</button>"
        "<button name=choice value=fail>De bank zegt nee</button>"
        "<button name=choice value=expire>De tijd is om</button></form>",
    )


def _overview(till: Till) -> str:
    rows = []
    for payment_id, charge in till.charges.items():
        way = METHODS[charge["payment_method_details"]["type"]]
        choices = [_choice(f"dispute {payment_id}", "Betwist")] if way == METHODS["card"] else []
        choices += [
            _choice(f"fail-refund {each['id']}", "Terugbetaling komt niet aan")
            for each in till.refunds.values()
            if each["payment_intent"] == payment_id and each["status"] == "succeeded"
        ]
        choices += [
            _choice(f"win {each['id']}", "Betwisting gewonnen")
            for each in till.disputes.values()
            if each["payment_intent"] == payment_id and each["status"] != "won"
        ]
        rows.append(f"<tr><td>{_euros(charge['amount'])}</td><td>{way}</td><td>{''.join(choices)}</td></tr>")
    if not rows:
        return "<p>Er is nog niets betaald.</p>"
    sent = []
    for payout in till.balance.payouts.values():
        choice = "" if payout["status"] == "failed" else _choice(f"fail-payout {payout['id']}", "Storting mislukt")
        sent.append(
            f"<tr><td>{_euros(payout['amount'])}</td><td>{payout['trace_id']['value']}</td><td>{choice}</td></tr>"
        )
    return (
        f"<form method=post><table><tr><th>Bedrag<th>Manier<th>Wat er daarna kan gebeuren</tr>{''.join(rows)}"
        f"</table>{_choice('pay-out', 'Stort alles op de bank')}"
        f"<table><tr><th>Gestort<th>Kenmerk<th>Wat er daarna kan gebeuren</tr>{''.join(sent)}</table></form>"
    )


def _choice(value: str, label: str) -> str:
    return f'<button name=choice value="{value}">{label}</button>'


def _euros(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"€ {whole},{rest:02}"


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang=nl><meta charset=utf-8><meta name=viewport content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style><main><h1>{title}</h1>{_STAND_IN}{body}</main></html>"
    )
