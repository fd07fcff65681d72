"""Stock queries as routes: `/api/queries/{name}`, with typed parameters, made from the files of the library."""
