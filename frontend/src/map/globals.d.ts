/** A hash of the schematic map, put in by Vite: files of public/ keep their names. */
declare const __GEO_VERSION__: string;
