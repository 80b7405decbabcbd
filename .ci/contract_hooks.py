"""What schemathesis does not know of by itself: pieces of photos are bytes."""

import schemathesis

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
