# Rehearses a bulk remediation on the sample estate: plan, repair, difference, undo. Reads and changes nothing real.
param(
    [string] $WorkFolder = (Join-Path ([IO.Path]::GetTempPath()) "pgsecurity-rehearsal-$PID")
)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../PgSecurity.psd1')
$null = New-Item -ItemType Directory -Path $WorkFolder -Force
$before = Join-Path $WorkFolder 'before.ndjson'
$after = Join-Path $WorkFolder 'after.ndjson'
$journal = Join-Path $WorkFolder 'journal'
try {
    $null = Connect-PgSecurity -Sandbox
    $null = Export-PgSecuritySnapshot $before -ErrorAction SilentlyContinue
    $findings = Get-PgSecurityFinding -Severity High, Critical -ErrorAction SilentlyContinue

    $plan = $findings | Repair-PgSecurityFinding -PlanOnly -AllowConnectivityLoss -AllowRestart
    'The plan: {0} changes, {1} that a guard refuses.' -f @($plan | Where-Object WillApply).Count, @($plan | Where-Object WillApply -EQ $false).Count

    $changes = $findings | Repair-PgSecurityFinding -AllowConnectivityLoss -AllowRestart -JournalPath $journal -ErrorAction SilentlyContinue
    $changes | Group-Object Status | ForEach-Object { '{0}: {1}' -f $_.Name, $_.Count }

    $null = Export-PgSecuritySnapshot $after -ErrorAction SilentlyContinue
    'Values that differ: {0}' -f @(Compare-PgSecuritySnapshot $before $after).Count

    $undone = Get-PgSecurityChange -JournalPath $journal -Status Changed | Undo-PgSecurityChange -JournalPath $journal -AllowConnectivityLoss -AllowRestart -AllowCost -AllowRecoveryPointLoss -WarningAction SilentlyContinue
    'Taken back: {0}; not taken back: {1}' -f @($undone | Where-Object Status -EQ 'Changed').Count, @($undone | Where-Object Status -EQ 'Skipped').Count
    $undone | Where-Object Status -EQ 'Skipped' | ForEach-Object { '  {0} {1}: {2}' -f $_.ServerName, $_.Step, $_.Reason }
}
finally {
    Disconnect-PgSecurity
    Remove-Item -LiteralPath $WorkFolder -Recurse -Force
}
