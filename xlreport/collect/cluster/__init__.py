"""More than one machine: the same work on a Dask cluster, the same bytes out.

    here                                  │ Dask worker      │ a process below it │ and one below that
    files → parcels → batches ──── TLS ───→ judged ───────────→ host: pool.Crew ───→ judge
    journal, returns ←──────────── TLS ───── answers ←────────── answers ←─────────── reply

Parcels and answers are plain values in msgpack; a file that kills or hangs its process costs the lowest one only.
"""
