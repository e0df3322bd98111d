"""A real S3 server in a process of its own, which checks credentials, for the tests.

Run as a program it serves on a free port, says which, and answers one request at a time: moto's
conditional writes are not atomic among threads.
"""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

REGION = "eu-central-1"
ADMINISTRATOR = ("administrator", "of-the-tests")  # until credentials are checked
WRITING = ("s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject")
READING = ("s3:ListBucket", "s3:GetObject")


@dataclass(frozen=True)
class Store:
    """`writer` and `reader` are key ids with their secrets; `client` may do everything."""

    url: str
    bucket: str
    writer: tuple[str, str]
    reader: tuple[str, str]
    client: Any

    def environment(self, keys: tuple[str, str] | None = None) -> dict[str, str]:
        """The variables that make these keys, or the writer's, known to a client."""
        key_id, secret = keys or self.writer
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": key_id,
            "AWS_SECRET_ACCESS_KEY": secret,
        }


@contextmanager
def s3_store() -> Iterator[Store]:
    """A store with one bucket, for as long as it is needed."""
    import boto3

    server = subprocess.Popen(
        [sys.executable, __file__],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}"

        def client(service: str, keys: tuple[str, str]) -> Any:
            return boto3.client(
                service,
                endpoint_url=url,
                region_name=REGION,
                aws_access_key_id=keys[0],
                aws_secret_access_key=keys[1],
            )

        client("s3", ADMINISTRATOR).create_bucket(
            Bucket="idm-data", CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        users = client("iam", ADMINISTRATOR)
        all_keys, writer, reader = (
            _user(users, name, actions)
            for name, actions in (("all", ("s3:*",)), ("writer", WRITING), ("reader", READING))
        )
        check = urllib.request.Request(
            f"{url}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"}
        )
        urllib.request.urlopen(check, timeout=30).close()
        yield Store(url, "idm-data", writer, reader, client("s3", all_keys))
    finally:
        server.kill()
        server.communicate()


def _user(users: Any, name: str, actions: tuple[str, ...]) -> tuple[str, str]:
    users.create_user(UserName=name)
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    users.put_user_policy(UserName=name, PolicyName=name, PolicyDocument=policy)
    key = users.create_access_key(UserName=name)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def serve() -> None:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app))
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve()
