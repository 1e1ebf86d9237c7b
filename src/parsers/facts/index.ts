/** What state files and saved command output say of an appliance, as facts. */
export { kindByName } from './kind-by-name.js';
export { FactReader } from './reader.js';
export { yieldsFacts } from './yields-facts.js';
