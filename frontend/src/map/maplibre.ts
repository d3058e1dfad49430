/** The only module that touches MapLibre's worker: a second `?url` import would ship half a megabyte twice.
    Same origin, so the strict content security policy needs no `blob:`. */
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";

setWorkerUrl(workerUrl);

export { Map as GlMap } from "maplibre-gl";
export type {
  ErrorEvent,
  ExpressionSpecification,
  GeoJSONSource,
  LayerSpecification,
  MapLayerMouseEvent,
  MapMouseEvent,
  StyleSpecification,
} from "maplibre-gl";
