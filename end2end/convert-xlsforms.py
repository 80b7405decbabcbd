"""Converts workbooks as other programs do: a line of JSON for each file, with what is wrong with it.

    python convert-xlsforms.py FOLDER
"""

import json
import pathlib
import sys

from pyxform.xls2xform import convert

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    fault = None
    try:
        convert(xlsform=path, validate=False)
    except Exception as error:  # whatever it is, it is what the author of the workbook would be told
        fault = f"{type(error).__name__}: {error}"
    print(json.dumps({"file": path.name, "fault": fault}))
