/** Synthetic service logs, by the grammar of .NET's trace listener. Nothing in them was written by a real product. */

/** Minutes after 2018-09-07 09:00 UTC, as a log writes them. */
export function minute(count: number): string {
  return new Date(Date.UTC(2018, 8, 7, 9, count)).toISOString().replace('Z', '0000Z');
}

export function record(type: string, message: string, time: string | null, body = ''): string {
  const footer = time === null ? '' : `    DateTime=${time}\r\n`;
  return `CceService ${type}: 0 : ${message}\r\n${body}    ProcessId=4280\r\n${footer}`;
}

export const healthy = (time: string | null) =>
  record('Information', 'Detection cycle finished, all monitored services are running.', time);

/** Critical: credential-key-invalid-state. */
export const keyError = (time: string | null) =>
  record(
    'Error',
    'ConvertTo-SecureString : Key not valid for use in specified state.',
    time,
    '   at Microsoft.Rtc.CCE.ManagementService.Detection.DetectionLoop.RunOnce(CancellationToken token)\r\n',
  );

/** Error: tenant-admin-logon-failed, grouped by the user. */
export const logonFailure = (time: string | null, user = 'cceadmin@contoso.example') =>
  record(
    'Error',
    'Unexpected exception when reporting status to online: System.Management.Automation.CmdletInvocationException: ' +
      `Logon failed for the user ${user}. Please create a new credential object, making sure that you have used the ` +
      'correct user name and password. ---> System.Exception: refused',
    time,
  );

/** Proves recovery-cannot-recover and appliance-manual-recovery-required over. */
export const recovered = (time: string | null) =>
  record('Information', 'Completed recovery of the appliance, recover result: Recovered', time);

/** Warning: windows-update-not-enabled-warning. */
export const updateWarning = (time: string | null) =>
  record(
    'Warning',
    'Windows automatic updating is not enabled. To ensure that your newly-installed role or feature is automatically ' +
      'updated, turn on Windows Update.',
    time,
  );

/** Info: route-no-gateway-warning. */
export const routeWarning = (time: string | null) =>
  record('Warning', 'No gateway specified for the route. Specify at least one gateway for the route', time);

/** Healthy records with `count` key errors between them, one record a minute. */
export function faultyLog(count: number, from = 0): string {
  let log = '';
  for (let step = 0; step < count; step++)
    log += healthy(minute(from + 2 * step)) + keyError(minute(from + 2 * step + 1));
  return log;
}
