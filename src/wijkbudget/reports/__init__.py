"""What everybody can follow: every euro of a neighbourhood, and the public record with its proof."""
