"""The pages. Each module has `routes(site) -> APIRouter`; a new page is a new module here and a template."""
