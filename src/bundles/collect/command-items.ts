/** The commands that are run on the host. All of them only read. Lists, not tables: these are cut at the console's width. */
import type { CommandItem, PowerShellItem, ProgramItem } from './items.js';

const USUAL_SECONDS = 60;

/** Answers that other entries begin with: the folders of the appliance and its site. Run before files are looked for. */
export const DIRECTORY_ITEMS: readonly PowerShellItem[] = [
  cmdlet('Get-CcApplianceDirectory', 'where the appliance keeps its files', { answers: 'ApplianceRoot' }),
  cmdlet('Get-CcSiteDirectory', 'where the site keeps its files', { answers: 'SiteRoot' }),
];

export const COMMAND_ITEMS: readonly CommandItem[] = [
  cmdlet('Get-CcVersion', 'the version of the scripts: chooses the fix; switch-version-no-ha'),
  cmdlet('Get-CcRunningVersion', 'the version of the VMs; empty in running-version-empty'),
  cmdlet('Get-CcApplianceStatus', 'what the product itself says of the appliance (2.1)', { limitSeconds: 180 }),
  cmdlet('Get-CcApplianceLogDirectory', 'where further logs are (1.4)'),
  cmdlet('Get-CcSiteLogDirectory', 'where further logs are (1.4)'),
  cmdlet('Get-CcExternalCertificateFilePath', 'which certificate the Edge Server has'),
  {
    ...cmdlet('Get-WmiObject', 'whether the management service and Hyper-V run, and who they run as'),
    id: 'Win32_Service',
    script:
      "Get-WmiObject Win32_Service | Where-Object { $_.Name -match '^(CceService|vmms|vmcompute|WinRM)$' -or $_.PathName -match 'Rtc\\.CCE' -or $_.DisplayName -match 'Cloud ?Connector' } | Select-Object Name,DisplayName,State,StartMode,StartName,PathName | Format-List",
    member: 'commands/Win32_Service.txt',
  },
  cmdlet('Get-VM', 'vm-saved-or-stopped', {
    script: 'Get-VM | Select-Object Name,State,Uptime,Status,Version | Format-List',
  }),
  cmdlet('Get-VMNetworkAdapter', 'vm-not-on-switch, deploy-nic-ip-missing', {
    script:
      'Get-VMNetworkAdapter -All | Select-Object VMName,Name,IsManagementOs,SwitchName,MacAddress,Status,IPAddresses | Format-List',
  }),
  cmdlet('Get-VMSwitch', 'vm-not-on-switch, management-switch-in-use, route-no-gateway-warning', {
    script:
      'Get-VMSwitch | Select-Object Name,SwitchType,AllowManagementOS,NetAdapterInterfaceDescription | Format-List',
  }),
  cmdlet('Get-MpPreference', 'av-exclusions-missing', {
    script:
      'Get-MpPreference | Select-Object ExclusionPath,ExclusionProcess,ExclusionExtension,DisableRealtimeMonitoring | Format-List',
  }),
  {
    ...cmdlet('Get-ChildItem', 'internal-certificate-near-expiry, ca-certificate-near-expiry'),
    id: 'host-certificates',
    // Dates of a culture cannot be told from one another; these have their zone too.
    script:
      "Get-ChildItem Cert:\\LocalMachine\\My,Cert:\\LocalMachine\\Root | Where-Object { $_.PSParentPath -match 'My$' -or $_.Subject -match 'CCE' } | Select-Object Subject,Issuer,Thumbprint,@{n='NotBefore';e={$_.NotBefore.ToUniversalTime().ToString('o')}},@{n='NotAfter';e={$_.NotAfter.ToUniversalTime().ToString('o')}},HasPrivateKey,DnsNameList,PSParentPath | Format-List",
    member: 'commands/Get-ChildItem Cert.txt',
  },
  cmdlet('Get-CsHybridPSTNSite', 'EnableAutoUpdate, maintenance windows; only in a session of the tenant'),
  cmdlet('Get-CsHybridPSTNAppliance', 'register-appliance-conflict; only in a session of the tenant'),
  cmdlet('Get-CsHybridMediationServer', 'register-appliance-conflict; only in a session of the tenant'),
  program('ipconfig', ['/all'], 'addresses in conflict or missing', 'commands/ipconfig.txt'),
  program('systeminfo', [], 'name, domain, version and last start of the host', 'commands/systeminfo.txt', 120),
  {
    ...program(
      'reg',
      ['query', 'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full', '/v', 'Release', '/reg:64'],
      'dotnet-461-required',
      'commands/reg query dotnet.txt',
    ),
    absentCode: 1,
  },
  program(
    'wevtutil',
    // The newest first, so that the limit takes the oldest. Rendered: else the text of an event may be missing.
    [
      'qe',
      'Application',
      '/q:*[System[(EventID=304 or EventID=20006)]]',
      '/f:RenderedXml',
      '/rd:true',
      '/c:5000',
      '/e:Events',
      '/uni:true',
    ],
    'recovery-cannot-recover, appliance-manual-recovery-required, and when',
    'events/Application.xml',
    120,
  ),
];

/** A cmdlet that is run as it is named, unless a script is given. */
function cmdlet(name: string, why: string, others: Partial<PowerShellItem> = {}): PowerShellItem {
  return {
    id: name,
    kind: 'command',
    program: 'powershell',
    needs: name,
    script: name,
    member: `commands/${name}.txt`,
    limitSeconds: USUAL_SECONDS,
    why,
    ...others,
  };
}

function program(
  name: string,
  args: readonly string[],
  why: string,
  member: string,
  limitSeconds = USUAL_SECONDS,
): ProgramItem {
  return { id: name, kind: 'command', program: name, args, member, limitSeconds, why };
}
