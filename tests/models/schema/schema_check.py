"""Validates JSON documents against one of the schemas in models/schema/. Called by json_schema_test.cpp.

    schema_check.py SCHEMA DOCUMENTS

SCHEMA is a file; DOCUMENTS holds one JSON document a line. Prints one line for each: "valid", or "invalid PATH: MESSAGE".
Exits with 77 where python3-jsonschema is not there.
"""

import json
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)

with open(sys.argv[2], encoding="utf-8") as file:
    for line in file:
        error = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(line)))
        if error is None:
            print("valid")
        else:
            print("invalid", ".".join(str(part) for part in error.absolute_path) + ":", error.message.replace("\n", " "))
