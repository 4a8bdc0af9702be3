# SPDX-License-Identifier: EUPL-1.2
"""A stand-in for Stripe on this machine, for the demo and the tests: our own reading of its API, and no proof of it."""
