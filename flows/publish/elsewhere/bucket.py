"""A bucket of an S3-compatible store as a destination.

The client is obstore; it finds endpoint, region and credentials in the usual environment variables.
What a store answers is told by its error code alone: an answer may repeat what was sent.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import S3Store

from flows.ground.problems import Problem, Refused, Unavailable
from flows.publish.release.catalogue import CATALOGUE

PART = 8 << 20
"""Bytes sent or asked for in one request; a larger file is sent in parts, `AT_ONCE` at a time."""

AT_ONCE = 4
PATIENCE = timedelta(minutes=5)  # for one request
CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
CREDENTIALS_ELSEWHERE = (
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_SKIP_SIGNATURE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
)
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")

MEDIA_TYPES = {
    "cff": "text/yaml; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}

NOT_ACCEPTED = {
    *("ExpiredToken", "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidToken"),
    *("SignatureDoesNotMatch", "TokenRefreshRequired", "UnauthorizedAccess", "401"),
}
NOT_ALLOWED = {"AccessDenied", "AllAccessDisabled", "AccountProblem", "403"}
ANOTHER_REGION = {
    *("AuthorizationHeaderMalformed", "IllegalLocationConstraintException"),
    *("PermanentRedirect", "301", "307"),
}
PATIENCE_ASKED = {
    *("InternalError", "OperationAborted", "RequestTimeout", "ServiceUnavailable", "SlowDown"),
    *("ThrottlingException", "TooManyRequests", "429"),
}
NO_ANSWER = re.compile(r"error sending request|HTTP error|timed? ?out", re.IGNORECASE)
FULL = {"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "507"}


@contextmanager
def bucket_destination(url: str, environment: Mapping[str, str]) -> Iterator["Bucket"]:
    """The bucket and prefix of an `s3://` URL, with the credentials that the environment names.

    Raises Refused when they cannot be used.
    """
    parts = urlsplit(url)
    if "@" in parts.netloc or parts.query or parts.fragment:
        what = "is more than a bucket and a prefix."
        remedy = "Write s3://bucket/prefix; credentials go into the environment."
        raise Refused([Problem("--to", None, what, remedy)])  # not shown: it may hold a secret
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]+", parts.netloc):
        remedy = "Write s3://bucket/prefix."
        raise Refused([Problem(url, None, "has no name of a bucket.", remedy)])
    prefix = "/".join(part for part in parts.path.split("/") if part)
    missing = [name for name in CREDENTIALS if not environment.get(name)]
    if missing and not any(environment.get(name) for name in CREDENTIALS_ELSEWHERE):
        what = f"needs credentials: {' and '.join(missing)} not set."
        raise Refused([Problem(url, None, what, "Set them in the environment.")])
    try:
        store = S3Store(
            parts.netloc,
            prefix=prefix or None,
            client_options={"allow_http": True, "connect_timeout": "10s", "timeout": PATIENCE},
            retry_config={"max_retries": 5, "retry_timeout": PATIENCE},
        )
        yield Bucket(store, f"s3://{parts.netloc}/{prefix}".rstrip("/"), parts.netloc)
    except (BaseError, FileNotFoundError) as error:
        # `from None`: a traceback would show the answer.
        kind = Unavailable if _may_pass(error) else Refused
        raise kind([_told(error, url, parts.netloc, environment)]) from None


class Bucket:
    """See `flows.publish.elsewhere.destination.Destination`. Raises what obstore does where
    that says Refused."""

    def __init__(self, store: S3Store, name: str, bucket: str) -> None:
        self.store = store
        self.name = name
        self.bucket = bucket

    def place(self, version: str) -> str:
        return version

    def files(self, place: str) -> dict[str, int]:
        return {
            item["path"].removeprefix(f"{place}/"): item["size"]
            for batch in obstore.list(self.store, f"{place}/")
            for item in batch
        }

    def read(self, path: str, size: int) -> Iterator[bytes]:
        for start in range(0, size, PART):
            length = min(PART, size - start)
            yield bytes(obstore.get_range(self.store, path, start=start, length=length))

    def create(self, path: str, content: Iterator[bytes], size: int) -> bool:
        attributes = {"Content-Type": _media_type(path)}
        if size > PART:
            # Without a condition, which would hold the whole file in memory: SHA256SUMS, which is
            # smaller, has claimed the version.
            obstore.put(
                self.store,
                path,
                content,
                attributes=attributes,
                chunk_size=PART,
                max_concurrency=AT_ONCE,
            )
            return True
        try:
            body = b"".join(content)
            obstore.put(self.store, path, body, attributes=attributes, mode="create")
        except AlreadyExistsError:
            return False
        return True

    def remove(self, path: str) -> None:
        obstore.delete(self.store, path)

    def finish(self, version: str) -> None:
        pass  # a version is prepared where it stays: the catalogue makes it one

    def read_catalogue(self) -> tuple[bytes | None, object]:
        try:
            answer = obstore.get(self.store, CATALOGUE)
        except FileNotFoundError as error:
            if _code(error) in ("NoSuchBucket", None):
                raise
            return None, None
        return bytes(answer.bytes()), answer.meta["e_tag"]

    def replace_catalogue(self, catalogue: bytes, seen: object) -> bool:
        attributes = {"Content-Type": MEDIA_TYPES["json"], "Cache-Control": "no-cache"}
        try:
            obstore.put(
                self.store,
                CATALOGUE,
                catalogue,
                attributes=attributes,
                mode="create" if seen is None else {"e_tag": str(seen)},
            )
        except (AlreadyExistsError, PreconditionError):
            return False
        return True


def _media_type(path: str) -> str:
    name = path.rpartition("/")[2]
    suffix = name.rpartition(".")[2] if "." in name else ""
    plain = "text/plain; charset=utf-8" if name.isupper() or name == "LICENSE" else None
    return MEDIA_TYPES.get(suffix) or plain or "application/octet-stream"


def _code(error: Exception) -> str | None:
    """The code of a store's answer, else its HTTP status; None when there was no answer."""
    text = str(error)
    found = re.search(r"<Code>(\w{1,64})</Code>|\(code: (\w{1,64})\)", text) or re.search(
        r"status code: (\d{3})", text
    )
    return next(filter(None, found.groups())) if found else None


def _may_pass(error: Exception) -> bool:
    """Whether a store may do later what it does not do now: it gave no answer, or one that asks
    for patience."""
    code = _code(error)
    if code is None:
        return bool(NO_ANSWER.search(str(error)))
    return code in PATIENCE_ASKED or bool(re.fullmatch(r"5\d\d", code) and code not in FULL)


def _endpoint(environment: Mapping[str, str]) -> str:
    for name in ENDPOINTS:
        if address := environment.get(name):
            parts = urlsplit(address)
            return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"  # without a password
    return "the endpoint of AWS"


def _told(error: Exception, url: str, bucket: str, environment: Mapping[str, str]) -> Problem:
    """What to say to a publisher when a store could not be used."""
    endpoint = _endpoint(environment)
    code = _code(error)
    again = "Publishing again goes on where it stopped."
    if code is None:
        if NO_ANSWER.search(str(error)):
            what = f"{endpoint} does not answer."
            remedy = f"Check AWS_ENDPOINT_URL and the network. {again}"
        else:
            what = f"cannot be used: {type(error).__name__}."
            remedy = "Check the AWS_ variables of the environment."
    elif code == "NoSuchBucket":
        what = f"There is no bucket {bucket} at {endpoint}."
        remedy = "Check its name, or make it."
    elif code in NOT_ACCEPTED:
        what = f"{endpoint} does not accept the credentials ({code})."
        remedy = (
            "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for those that expire, "
            "AWS_SESSION_TOKEN."
        )
    elif code in NOT_ALLOWED:
        what = f"The credentials do not allow it ({code})."
        remedy = "They need to list, read, write and delete there."
    elif code in ANOTHER_REGION:
        what = f"The bucket is in another region ({code})."
        remedy = "Set AWS_REGION to it."
    elif code in FULL:
        what = f"The store is full ({code})."
        remedy = f"Make room. {again}"
    else:
        what = f"{endpoint} answers {code}."
        remedy = again
    return Problem(url, None, what, remedy)
