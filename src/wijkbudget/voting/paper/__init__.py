# SPDX-License-Identifier: EUPL-1.2
"""Paper ballots: stripped of their code by one person, entered by two others, in the box when every count agrees."""
