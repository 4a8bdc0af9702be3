# SPDX-License-Identifier: EUPL-1.2
"""What officials find out about a bid before somebody decides: the talk, the checklist and what they mean to say."""
