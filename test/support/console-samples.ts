/** Synthetic outputs of console tools in several languages: labels as Windows prints them, values invented. */

interface IpconfigWords {
  title: string;
  host: string;
  adapter: string;
  suffix: string;
  description: string;
  physical: string;
  dhcp: string;
  no: string;
  address: string;
  preferred: string;
  duplicate: string;
  mask: string;
  gateway: string;
  dns: string;
  media: string;
  disconnected: string;
}

export const IPCONFIG_WORDS: Record<string, IpconfigWords> = {
  en: {
    title: 'Windows IP Configuration',
    host: 'Host Name . . . . . . . . . . . . : ',
    adapter: 'Ethernet adapter NAME:',
    suffix: 'Connection-specific DNS Suffix  . : ',
    description: 'Description . . . . . . . . . . . : ',
    physical: 'Physical Address. . . . . . . . . : ',
    dhcp: 'DHCP Enabled. . . . . . . . . . . : ',
    no: 'No',
    address: 'IPv4 Address. . . . . . . . . . . : ',
    preferred: '(Preferred) ',
    duplicate: '(Duplicate) ',
    mask: 'Subnet Mask . . . . . . . . . . . : ',
    gateway: 'Default Gateway . . . . . . . . . : ',
    dns: 'DNS Servers . . . . . . . . . . . : ',
    media: 'Media State . . . . . . . . . . . : ',
    disconnected: 'Media disconnected',
  },
  de: {
    title: 'Windows-IP-Konfiguration',
    host: 'Hostname  . . . . . . . . . . . . : ',
    adapter: 'Ethernet-Adapter NAME:',
    suffix: 'Verbindungsspezifisches DNS-Suffix: ',
    description: 'Beschreibung. . . . . . . . . . . : ',
    physical: 'Physische Adresse . . . . . . . . : ',
    dhcp: 'DHCP aktiviert. . . . . . . . . . : ',
    no: 'Nein',
    address: 'IPv4-Adresse  . . . . . . . . . . : ',
    preferred: '(Bevorzugt) ',
    duplicate: '(Duplikat) ',
    mask: 'Subnetzmaske  . . . . . . . . . . : ',
    gateway: 'Standardgateway . . . . . . . . . : ',
    dns: 'DNS-Server  . . . . . . . . . . . : ',
    media: 'Medienstatus. . . . . . . . . . . : ',
    disconnected: 'Medium getrennt',
  },
  fr: {
    title: 'Configuration IP de Windows',
    host: "Nom de l'hôte . . . . . . . . . . : ",
    adapter: 'Carte Ethernet NAME :',
    suffix: 'Suffixe DNS propre à la connexion. . . : ',
    description: 'Description. . . . . . . . . . . . . . : ',
    physical: 'Adresse physique . . . . . . . . . . . : ',
    dhcp: 'DHCP activé. . . . . . . . . . . . . . : ',
    no: 'Non',
    address: 'Adresse IPv4. . . . . . . . . . . . . .: ',
    preferred: '(préféré) ',
    duplicate: '(dupliqué) ',
    mask: 'Masque de sous-réseau. . . . . . . . . : ',
    gateway: 'Passerelle par défaut. . . . . . . . . : ',
    dns: 'Serveurs DNS. . .  . . . . . . . . . . : ',
    media: 'Statut du média. . . . . . . . . . . . : ',
    disconnected: 'Média déconnecté',
  },
  es: {
    title: 'Configuración IP de Windows',
    host: 'Nombre de host. . . . . . . . . : ',
    adapter: 'Adaptador de Ethernet NAME:',
    suffix: 'Sufijo DNS específico para la conexión. . : ',
    description: 'Descripción . . . . . . . . . . . . . . . : ',
    physical: 'Dirección física. . . . . . . . . . . . . : ',
    dhcp: 'DHCP habilitado . . . . . . . . . . . . . : ',
    no: 'no',
    address: 'Dirección IPv4. . . . . . . . . . . . . . : ',
    preferred: '(Preferido) ',
    duplicate: '(Duplicado) ',
    mask: 'Máscara de subred . . . . . . . . . . . . : ',
    gateway: 'Puerta de enlace predeterminada . . . . . : ',
    dns: 'Servidores DNS. . . . . . . . . . . . . . : ',
    media: 'Estado de los medios. . . . . . . . . . . : ',
    disconnected: 'medios desconectados',
  },
  ja: {
    title: 'Windows IP 構成',
    host: 'ホスト名. . . . . . . . . . . . .: ',
    adapter: 'イーサネット アダプター NAME:',
    suffix: '接続固有の DNS サフィックス . . . . .: ',
    description: '説明. . . . . . . . . . . . . . . . .: ',
    physical: '物理アドレス. . . . . . . . . . . . .: ',
    dhcp: 'DHCP 有効 . . . . . . . . . . . . . .: ',
    no: 'いいえ',
    address: 'IPv4 アドレス . . . . . . . . . . . .: ',
    preferred: '(優先) ',
    duplicate: '(重複) ',
    mask: 'サブネット マスク . . . . . . . . . .: ',
    gateway: 'デフォルト ゲートウェイ . . . . . . .: ',
    dns: 'DNS サーバー. . . . . . . . . . . . .: ',
    media: 'メディアの状態. . . . . . . . . . . .: ',
    disconnected: 'メディアは接続されていません',
  },
};

/** A host with an adapter whose address another has too, an automatic one, a disconnected one and a tunnel. */
export function ipconfigAll(words: IpconfigWords): string {
  const adapter = (name: string, rows: string[]) =>
    `${words.adapter.replace('NAME', name)}\n\n${rows.map((row) => `   ${row}\n`).join('')}`;
  return [
    `\n${words.title}\n\n   ${words.host}CCEHOST1\n   Primary Dns Suffix  . . . . . . . : \n`,
    adapter('vEthernet (SfB CCE Corpnet Switch)', [
      words.suffix,
      `${words.description}Hyper-V Virtual Ethernet Adapter`,
      `${words.physical}00-15-5D-00-04-11`,
      `${words.dhcp}${words.no}`,
      'Link-local IPv6 Address . . . . . : fe80::1%12(x) ',
      `${words.address}192.0.2.13${words.duplicate}`,
      `${words.mask}255.255.255.0`,
      `${words.gateway}fe80::1%12`,
      '                                    192.0.2.1',
      `${words.dns}192.0.2.11`,
      '                                    192.0.2.12',
      'NetBIOS over Tcpip. . . . . . . . : Enabled',
    ]),
    adapter('Ethernet 2', [
      words.suffix,
      `${words.description}NIC`,
      `${words.physical}00-15-5D-00-04-12`,
      `${words.dhcp}${words.no}`,
      `${words.address}169.254.3.4${words.preferred}`,
      `${words.mask}255.255.0.0`,
      words.gateway,
    ]),
    adapter('Ethernet 3', [
      `${words.media}${words.disconnected}`,
      words.suffix,
      `${words.description}NIC #3`,
      `${words.physical}00-15-5D-00-04-13`,
      `${words.dhcp}${words.no}`,
    ]),
    adapter('isatap.{1}', [
      `${words.media}${words.disconnected}`,
      words.suffix,
      `${words.description}Microsoft ISATAP Adapter`,
      `${words.physical}00-00-00-00-00-00-00-E0`,
    ]),
  ].join('\n');
}

export const SYSTEMINFO: Record<string, string> = {
  en: `
Host Name:                 CCEHOST1
OS Name:                   Microsoft Windows Server 2012 R2 Datacenter
OS Version:                6.3.9600 N/A Build 9600
OS Manufacturer:           Microsoft Corporation
Original Install Date:     8/13/2018, 10:15:00 AM
System Boot Time:          8/30/2018, 11:39:09 AM
System Locale:             en-us;English (United States)
Input Locale:              de;German (Germany)
Time Zone:                 (UTC-08:00) Pacific Time (US & Canada)
Page File Location(s):     C:\\pagefile.sys
Domain:                    WORKGROUP
Logon Server:              \\\\CCEHOST1
Hotfix(s):                 1 Hotfix(s) Installed.
                           [01]: KB2982006
`,
  de: `
Hostname:                                      CCEHOST1
Betriebssystemname:                            Microsoft Windows Server 2012 R2 Datacenter
Betriebssystemversion:                         6.3.9600 Nicht zutreffend Build 9600
Betriebssystemhersteller:                      Microsoft Corporation
Ursprüngliches Installationsdatum:             13.08.2018, 10:15:00
Systemstartzeit:                               30.08.2018, 11:39:09
Systemgebietsschema:                           en-us;Englisch (Vereinigte Staaten)
Zeitzone:                                      (UTC-08:00) Pacific Time (US & Canada)
Auslagerungsdateipfad(e):                      C:\\pagefile.sys
Domäne:                                        WORKGROUP
Anmeldeserver:                                 \\\\CCEHOST1
`,
  fr: `
Nom de l'hôte:                              CCEHOST1
Nom du système d'exploitation:              Microsoft Windows Server 2012 R2 Datacenter
Version du système:                         6.3.9600 N/A version 9600
Date d'installation originale:              13/08/2018, 10:15:00
Heure de démarrage du système:              30/08/2018, 11:39:09
Option régionale du système:                en-us;Anglais (États-Unis)
Fuseau horaire:                             (UTC-08:00) Pacific Time (US & Canada)
Emplacements des fichiers d'échange:        C:\\pagefile.sys
Domaine:                                    WORKGROUP
Serveur d'ouverture de session:             \\\\CCEHOST1
`,
};
