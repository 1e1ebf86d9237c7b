/** What the host cannot answer without credentials. The manifest passes it on; nothing of it is run. */
import type { Question } from './items.js';

const EACH_VM = 'each VM, as its administrator';
const TENANT = 'PowerShell with a session of Skype for Business Online';

export const QUESTIONS: readonly Question[] = [
  {
    id: 'vm-services',
    where: 'Central Management, Mediation and Edge VM',
    command: 'Get-CsWindowsService | Format-List Status,Name,DisplayName,ActivityLevel | Out-String -Width 4096',
    member: '<vm>/Get-CsWindowsService.txt',
    why: 'service-down-cms, service-down-mediation, service-down-edge, rtcmrauth-start-failed',
  },
  {
    id: 'vm-firewall',
    where: 'Mediation and Edge VM',
    command:
      "Get-NetFirewallRule -DisplayName 'CS RTC*' | Format-List DisplayName,Enabled,Direction,Action,Profile | Out-String -Width 4096",
    member: '<vm>/Get-NetFirewallRule.txt',
    why: 'inbound-firewall-rule-disabled',
  },
  {
    id: 'vm-certificates',
    where: EACH_VM,
    command:
      "Get-ChildItem Cert:\\LocalMachine\\My,Cert:\\LocalMachine\\Root | Format-List Subject,Issuer,Thumbprint,@{n='NotAfter';e={$_.NotAfter.ToUniversalTime().ToString('o')}} | Out-String -Width 4096",
    member: '<vm>/Get-ChildItem Cert.txt',
    why: 'internal-certificate-near-expiry, ca-certificate-near-expiry',
  },
  {
    id: 'vm-addresses',
    where: EACH_VM,
    command: 'ipconfig /all',
    member: '<vm>/ipconfig.txt',
    why: 'deploy-nic-ip-missing, deploy-domain-join-failed',
  },
  {
    id: 'vm-events',
    where: EACH_VM,
    command: "wevtutil qe 'Lync Server' /f:RenderedXml /rd:true /c:5000 /e:Events /uni:true",
    member: '<vm>/Lync Server.xml',
    why: 'when services of the VM started and stopped: the recovery timeline',
  },
  {
    id: 'tenant-site',
    where: TENANT,
    command: 'Get-CsHybridPSTNSite | Format-List | Out-String -Width 4096',
    member: 'commands/Get-CsHybridPSTNSite.txt',
    why: 'manual-windows-update-needed, whether the site updates itself',
  },
  {
    id: 'tenant-appliances',
    where: TENANT,
    command: 'Get-CsHybridPSTNAppliance | Format-List | Out-String -Width 4096',
    member: 'commands/Get-CsHybridPSTNAppliance.txt',
    why: 'register-appliance-conflict, maintenance mode',
  },
  {
    id: 'tenant-mediation',
    where: TENANT,
    command: 'Get-CsHybridMediationServer | Format-List | Out-String -Width 4096',
    member: 'commands/Get-CsHybridMediationServer.txt',
    why: 'register-appliance-conflict',
  },
];
