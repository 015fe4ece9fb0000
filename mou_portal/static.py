"""Where style sheets and scripts are served from."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor  # type: ignore[import-untyped]
from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Names carry a fingerprint, so browsers may keep the files for ever."""

    # A module's imports get their fingerprints too.
    support_js_module_import_aggregation = True

    def create_compressor(self, **options: Any) -> Compressor:
        """Packs with gzip alone, and no fonts: only PDFs use those. Brotli took 90 seconds."""
        options["extensions"] = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")
        return super().create_compressor(**options | {"use_brotli": False})
