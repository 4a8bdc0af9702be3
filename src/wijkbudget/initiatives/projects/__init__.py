# SPDX-License-Identifier: EUPL-1.2
"""A plan that has money is a project: it asks for hands, and who gives time to it votes on it, openly and by name."""
