# SPDX-License-Identifier: EUPL-1.2
"""What the audit committee looks at: people who confirm each other, and a sample that anybody can draw again."""
