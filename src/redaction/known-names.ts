/** Names that look like somebody's and are everybody's: Microsoft's endpoints, accounts of Windows and instances of its databases identify no one. */
const DOMAINS =
  `microsoft.com microsoftonline.com microsoftonline-p.com microsoftonline-p.net msocsp.com msidentity.com lync.com skype.com
  skypeforbusiness.com office.com office.net office365.com outlook.com live.com windows.com windows.net windowsupdate.com
  windowsazure.com azure.com azure.net azureedge.net msftauth.net msauth.net aadrm.com sharepoint.com onmicrosoft.com dynamics.com
  cloudapp.net azurewebsites.net aka.ms github.com msft.net visualstudio.com digicert.com verisign.com symantec.com globalsign.com
  letsencrypt.org entrust.net comodoca.com sectigo.com godaddy.com w3.org xmlsoap.org json-schema.org oasis-open.org iana.org
  ietf.org owasp.org docs.microsoft.com in-addr.arpa ip6.arpa`.split(/\s+/);

/** What stands before these is the name of a tenant. */
const TENANT_SUFFIXES =
  'onmicrosoft.com sharepoint.com dynamics.com cloudapp.net azurewebsites.net blob.core.windows.net database.windows.net cloudapp.azure.com mail.protection.outlook.com'.split(
    ' ',
  );
/** Labels before a domain that say what a server is for; they are the same everywhere. */
const SERVICE_LABELS = new Set(
  'tls tcp udp sipfederationtls sip sipdir sipexternal sipinternal sipfed www autodiscover lyncdiscover lyncdiscoverinternal dialin meet'.split(
    ' ',
  ),
);
const ACCOUNTS = new Set(
  `administrator guest defaultaccount system localsystem localservice networkservice local service network nt authority
  builtin public default defaultuser allusers everyone krbtgt trustedinstaller owner root nobody users username user
  unknown none null rtc rtclocal lynclocal sqlexpress mssqlserver`.split(/\s+/),
);
/** What stands before a backslash in capitals and is no domain: keys of the registry, roots, folders. */
const FOLDERS = new Set(
  `HKLM HKCU HKCR HKU HKCC SOFTWARE SYSTEM SYSTEM32 SYSWOW64 HARDWARE SECURITY SAM WINDOWS WINNT USERS TEMP TMP DRIVERS INETPUB
  BUILTIN NT AUTHORITY AUTORITE SERVICE DOMAIN UNC ROOT CERT ENV PKI APPPOOL NET MSSQL MACHINE LOGS WORKGROUP LOCALHOST
  VORDEFINIERT NTDS BOOT EFI CLSID GAC MSDTC CIMV2 PERFLOGS WINEVT`.split(/\s+/),
);
const NAMESPACES =
  /^(?:system|microsoft|windows|win32|mscorlib|newtonsoft|internal|asp|ado|vb|json|paint|wsman|hyper-v|xregexp|node|io|cim|root|this|self|args)\./i;

/** The labels of a tenant, and the suffix behind them; null where the domain is no tenant's at a service of Microsoft's. */
export function tenantAt(domain: string): { label: string; suffix: string } | null {
  const suffix = TENANT_SUFFIXES.find((end) => domain.endsWith(`.${end}`));
  if (suffix === undefined) return null;
  const before = domain.slice(0, -suffix.length - 1).split('.');
  return { label: before[0] as string, suffix: [...before.slice(1), suffix].join('.') };
}

export function isKnownDomain(domain: string): boolean {
  return DOMAINS.some((known) => domain === known || domain.endsWith(`.${known}`));
}

export function isServiceLabel(label: string): boolean {
  return SERVICE_LABELS.has(label);
}

export function isKnownAccount(name: string): boolean {
  return ACCOUNTS.has(name.toLowerCase().replace(/\s+/g, ''));
}

/** Whether a word in capitals before a backslash is everybody's. */
export function isFolderLike(word: string): boolean {
  return FOLDERS.has(word);
}

const FILE =
  /\.(?:log|txt|ini|ps1|psm1|psd1|xml|json|csv|exe|dll|msi|zip|vhdx?|iso|cer|crt|pfx|p12|evtx|cab|config|tmp|bak|md|yaml|yml|html?|gz|tar|reg|bat|cmd|sys|dat|db)$/i;

export function isFile(text: string): boolean {
  return FILE.test(text);
}

/** Whether dotted words are a namespace or a type, such as System.Net. */
export function isNamespace(text: string): boolean {
  return NAMESPACES.test(text);
}

/** GUIDs of COM and of Microsoft's own services, and those that are no one's. */
export function isKnownGuid(guid: string): boolean {
  return /^(?:0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12}|.{8}-0000-0000-c000-000000000046|0000000.-0000-0000-c000-000000000000|0000000.-0000-0ff1-ce00-000000000000|1b730954-1684-4b74-9bfd-dac224a7b894|d1ddf0e4-d672-4dae-b554-9d5bdfd93547)$/i.test(
    guid,
  );
}

/** Addresses of this machine, masks, and what Windows gives itself where nobody gives it one. */
export function isKnownAddress(address: string): boolean {
  return /^(?:127\.|0\.0\.0\.0$|255\.|169\.254\.|::1?$|fe80::$|ff0[0-9a-f]::)/i.test(address);
}
