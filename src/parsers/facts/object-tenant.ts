/**
 * What the tenant knows of a site and its appliances. The properties of Get-CsHybridPSTNSite were seen in real output;
 * those of the other two are inferred from what the cmdlets take, so each of them may be missing.
 */
import { type Answer, type Found, found } from './found.js';
import type { Properties } from './printed-object.js';

/** Get-CsHybridPSTNSite. The windows have `List` behind their names there, but not where they are set. */
export function siteOf(properties: Properties, answer: Answer): Found | null {
  const isMarked =
    properties.has('EnableAutoUpdate', 'LastTopologyUpdateTime') ||
    properties.has('BitsUpdateTimeWindowList', 'BitsUpdateTimeWindow') ||
    answer.command === 'Get-CsHybridPSTNSite';
  if (!isMarked || !properties.has('EdgeFQDN')) return null;
  const values = {
    name: properties.whole('Identity', 'Name'),
    edgeFqdn: properties.whole('EdgeFQDN'),
    autoUpdate: properties.whole('EnableAutoUpdate'),
    bitsWindow: properties.single('BitsUpdateTimeWindowList', 'BitsUpdateTimeWindow'),
    osWindow: properties.single('OsUpdateTimeWindowList', 'OsUpdateTimeWindow'),
  };
  if (!isHost(values.edgeFqdn)) return null;
  return found('pstn-site', values, properties.object.lines);
}

/** Get-CsHybridPSTNAppliance, and what Set-CsCceApplianceDeploymentStatus put there. */
export function applianceOf(properties: Properties, answer: Answer): Found | null {
  const isMarked =
    properties.has('MediationServerFqdn', 'MediationServerIPAddress') ||
    (properties.has('MaintenanceMode') && properties.has('Name')) ||
    answer.command === 'Get-CsHybridPSTNAppliance';
  if (!isMarked || !properties.has('Name', 'Identity')) return null;
  const values = {
    id: properties.whole('Identity', 'ApplianceId', 'Id'),
    name: properties.whole('Name', 'ApplianceName'),
    site: properties.whole('SiteName', 'Site'),
    mediationFqdn: properties.whole('MediationServerFqdn'),
    mediationAddress: properties.single('MediationServerIPAddress'),
    maintenance: properties.whole('MaintenanceMode'),
    action: properties.whole('Action'),
    status: properties.whole('Status', 'DeploymentStatus'),
    version: properties.whole('Version'),
    error: properties.whole('Error', 'ErrorMessage'),
  };
  const isMaintained = /^(?:True|False)$/i.test(values.maintenance ?? '');
  if (!isHost(values.mediationFqdn) && !isHost(values.mediationAddress) && !isMaintained) return null;
  return found('pstn-appliance', values, properties.object.lines);
}

/** Get-CsHybridMediationServer. */
export function mediationServerOf(properties: Properties, answer: Answer): Found | null {
  const isAsked = answer.command === 'Get-CsHybridMediationServer';
  if (!properties.has('AccessProxyExternalFqdn') && !(isAsked && properties.has('Identity', 'Fqdn'))) return null;
  const values = {
    id: properties.whole('Identity'),
    fqdn: properties.whole('Fqdn', 'MediationServerFqdn'),
    accessProxy: properties.whole('AccessProxyExternalFqdn'),
  };
  if (!isHost(values.accessProxy) && !isHost(values.fqdn)) return null;
  return found('hybrid-mediation-server', values, properties.object.lines);
}

/** A name or an address: text right below a table looks like rows of it, and has none. */
function isHost(value: string | undefined): boolean {
  return value !== undefined && /^(?=.{1,255}$)[\w*-]+(?:\.[\w-]+)+$/.test(value);
}
