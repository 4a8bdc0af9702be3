# SPDX-License-Identifier: EUPL-1.2
"""What everybody can follow: every euro of a neighbourhood, and the public record with its proof."""
