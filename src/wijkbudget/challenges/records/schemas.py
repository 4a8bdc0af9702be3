# SPDX-License-Identifier: EUPL-1.2
"""A bid as a case in the names of the standard (ZGW); docs/zgw.md tells them one by one."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from wijkbudget.challenges.records.rules import PartyType, RoleType
from wijkbudget.kit.fields import Field, View


class SuspensionFile(View):
    """Whether the time to decide stands still."""

    is_suspended: Annotated[bool, Field(alias="indicatie")]
    reason: Annotated[str, Field(alias="reden")]


class StatusFile(View):
    """A state that the case came into."""

    kind: Annotated[str, Field(alias="statustype")]
    set_at: Annotated[datetime, Field(alias="datumStatusGezet")]
    reason: Annotated[str, Field(alias="statustoelichting")]


class ResultFile(View):
    """What became of it."""

    kind: Annotated[str, Field(alias="resultaattype")]
    reason: Annotated[str, Field(alias="toelichting")]


class DecisionFile(View):
    """A decision about it."""

    key: Annotated[str, Field(alias="identificatie")]
    kind: Annotated[str, Field(alias="besluittype")]
    decided_on: Annotated[date, Field(alias="datum")]
    body: Annotated[str, Field(alias="bestuursorgaan")]
    motivation: Annotated[str, Field(alias="toelichting")]
    known_on: Annotated[date | None, Field(alias="verzenddatum")]
    objection_until: Annotated[date | None, Field(alias="uiterlijkeReactiedatum")]


class RoleFile(View):
    """Somebody who has to do with it."""

    role: Annotated[RoleType, Field(alias="omschrijvingGeneriek")]
    party: Annotated[PartyType, Field(alias="betrokkeneType")]
    name: Annotated[str | None, Field(alias="naam")]
    """Only for officials and auditors, or of an organisation."""


class CaseFile(View):
    """A bid as a case."""

    id: Annotated[UUID, Field(alias="identificatie")]
    title: Annotated[str, Field(alias="omschrijving")]
    explanation: Annotated[str, Field(alias="toelichting")]
    kind: Annotated[str, Field(alias="zaaktype")]
    registered_on: Annotated[date, Field(alias="registratiedatum")]
    began_on: Annotated[date, Field(alias="startdatum")]
    planned_on: Annotated[date | None, Field(alias="einddatumGepland")]
    decide_on: Annotated[date | None, Field(alias="uiterlijkeEinddatumAfdoening")]
    ended_on: Annotated[date | None, Field(alias="einddatum")]
    suspension: Annotated[SuspensionFile, Field(alias="opschorting")]
    statuses: Annotated[list[StatusFile], Field(alias="statussen")]
    result: Annotated[ResultFile | None, Field(alias="resultaat")]
    decisions: Annotated[list[DecisionFile], Field(alias="besluiten")]
    roles: Annotated[list[RoleFile], Field(alias="rollen")]
