/** What state files and saved command output say of an appliance, as facts. */
export { FactReader } from './reader.js';
