# SPDX-License-Identifier: EUPL-1.2
"""Time that residents pledge to a task: it starts when enough is pledged, and a pledge is kept or it is not."""
