"""Where style sheets and scripts are served from."""

from __future__ import annotations

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Names carry a fingerprint, so browsers may keep the files for ever."""

    # A module's imports get their fingerprints too.
    support_js_module_import_aggregation = True
