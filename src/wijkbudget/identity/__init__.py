# SPDX-License-Identifier: EUPL-1.2
"""Who people are: residents and households from the register, roles, logins and organisations."""
