<#
.SYNOPSIS
    Audits an estate of any size: one job a subscription on Azure Automation's own scheduler, then one report of all.
.DESCRIPTION
    Starts nightly-audit once for each subscription that has servers, waits for the jobs, and merges what they stored into
    runs/<run>/estate.html and estate.json in the same container. A subscription whose job did not end well is named in the
    title of the report and fails this job: a report of a part is never taken for one of the whole.
    The identity needs Automation Operator on the account, beside what nightly-audit needs.
.PARAMETER AutomationAccountId
    The ARM id of the Automation account that has the runbook.
.PARAMETER Container
    The address of the container: https://<account>.blob.core.windows.net/<container>.
.PARAMETER Subscription
    Subscriptions, by id. All that have servers, unless some are named.
.PARAMETER Runbook
    The name under which nightly-audit was imported.
.PARAMETER AuditProfile
    The profile of controls.
.PARAMETER LogsEndpoint
    The logs ingestion endpoint, for the jobs.
.PARAMETER RuleId
    The immutable id of the data collection rule, for the jobs.
.PARAMETER ResourceManager
    The address of Azure Resource Manager in this cloud.
.PARAMETER PollSeconds
    How long to wait between two looks at the jobs.
.PARAMETER WaitMinutes
    How long to wait for the jobs: below the three hours after which Azure Automation ends a job.
.PARAMETER RetrySeconds
    How long to wait before a request is sent again, times the attempt.
.PARAMETER Rehearsal
    Lets the jobs audit the sample estate of the sandbox.
.EXAMPLE
    ./sharded-audit.ps1 -AutomationAccountId /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-security/providers/Microsoft.Automation/automationAccounts/aa-security -Container https://stcontososecurity.blob.core.windows.net/pgsecurity
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $AutomationAccountId,
    [Parameter(Mandatory)] [string] $Container,
    [string[]] $Subscription = @(),
    [string] $Runbook = 'nightly-audit',
    [string] $AuditProfile = 'baseline',
    [string] $LogsEndpoint,
    [string] $RuleId,
    [string] $ResourceManager = 'https://management.azure.com',
    [int] $PollSeconds = 30,
    [int] $WaitMinutes = 150,
    [int] $RetrySeconds = 2,
    [switch] $Rehearsal
)

$ErrorActionPreference = 'Stop'

# Sends a request, again where the service was busy or did not answer.
function Invoke-AzureRequest([hashtable] $Request) {
    for ($attempt = 1; ; $attempt++) {
        try { return Invoke-RestMethod @Request }
        catch {
            $status = if ($_.Exception.Response) { [int] $_.Exception.Response.StatusCode } else { 0 }
            if ($attempt -ge 5 -or $status -notin 0, 408, 429, 500, 502, 503, 504) { throw }
            [Threading.Thread]::Sleep($RetrySeconds * 1000 * $attempt)
        }
    }
}

# A token of the managed identity, for the header of a request.
function Get-IdentityHeader([string] $Resource) {
    $separator = if ($env:IDENTITY_ENDPOINT.Contains('?')) { '&' } else { '?' }
    $answer = Invoke-AzureRequest @{
        Uri     = '{0}{1}api-version=2019-08-01&resource={2}' -f $env:IDENTITY_ENDPOINT, $separator, [Uri]::EscapeDataString($Resource)
        Headers = @{ 'X-IDENTITY-HEADER' = $env:IDENTITY_HEADER; Metadata = 'true' }
    }
    @{ Authorization = 'Bearer ' + $answer.access_token; 'x-ms-version' = '2021-12-02' }
}

# Writes a file to a blob, over the one that is there.
function Write-Blob([string] $Name, [string] $File) {
    $headers = Get-IdentityHeader 'https://storage.azure.com/'
    $headers['x-ms-blob-type'] = 'BlockBlob'
    $null = Invoke-AzureRequest @{ Method = 'Put'; Uri = "$Container/$Name"; Headers = $headers; InFile = $File; ContentType = 'application/octet-stream' }
}

# Reads a blob to a file; false where there is none.
function Read-Blob([string] $From, [string] $Name, [string] $File) {
    try { $null = Invoke-AzureRequest @{ Uri = "$From/$Name"; Headers = (Get-IdentityHeader 'https://storage.azure.com/'); OutFile = $File } }
    catch {
        if ($_.Exception.Response -and [int] $_.Exception.Response.StatusCode -eq 404) { return $false }
        throw
    }
    $true
}

# Starts the audit of a subscription, or asks how it goes.
function Invoke-Job([string] $Name, [string] $Body) {
    $request = @{ Uri = "$ResourceManager$AutomationAccountId/jobs/${Name}?api-version=2023-11-01"; Headers = Get-IdentityHeader 'https://management.azure.com/' }
    if ($Body) { $request += @{ Method = 'Put'; Body = [Text.Encoding]::UTF8.GetBytes($Body); ContentType = 'application/json; charset=utf-8' } }
    (Invoke-AzureRequest $request).properties.status
}

$run = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'pgsecurity-' + [Guid]::NewGuid().ToString('N'))
$null = [IO.Directory]::CreateDirectory($folder)
try {
    $missing = [ordered] @{}
    if ($Subscription.Count -eq 0) {
        $null = if ($Rehearsal) { Connect-PgSecurity -Sandbox } else { Connect-PgSecurity -ManagedIdentity }
        $ids = [Collections.Generic.SortedSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
        Get-PgServer -ErrorAction SilentlyContinue -ErrorVariable unread | ForEach-Object { $null = $ids.Add($_.SubscriptionId) }
        foreach ($record in $unread) { $missing["$($record.TargetObject)"] = $record.ToString() }
        $Subscription = @($ids)
    }
    if ($Subscription.Count -eq 0) { throw 'No subscription with a flexible server is to be seen.' }

    $jobs = [ordered] @{}
    foreach ($id in $Subscription) {
        $parameters = [ordered] @{ Container = $Container; Subscription = "['$id']"; Shard = $id; Run = $run; AuditProfile = $AuditProfile; RetrySeconds = "$RetrySeconds" }
        if ($LogsEndpoint) { $parameters.LogsEndpoint = $LogsEndpoint; $parameters.RuleId = $RuleId }
        if ($Rehearsal) { $parameters.Rehearsal = 'true' }
        $name = [Guid]::NewGuid().ToString()
        $body = [ordered] @{ properties = [ordered] @{ runbook = [ordered] @{ name = $Runbook }; parameters = $parameters } } | ConvertTo-Json -Depth 4 -Compress
        $jobs[$id] = [pscustomobject] @{ Name = $name; Status = Invoke-Job $name $body }
    }

    $until = [DateTime]::UtcNow.AddMinutes($WaitMinutes)
    do {
        $running = @($jobs.Values | Where-Object { $_.Status -notin 'Completed', 'Failed', 'Stopped', 'Suspended' })
        foreach ($job in $running) { $job.Status = Invoke-Job $job.Name }
        $running = @($jobs.Values | Where-Object { $_.Status -notin 'Completed', 'Failed', 'Stopped', 'Suspended' })
        if ($running.Count -gt 0) { [Threading.Thread]::Sleep($PollSeconds * 1000) }
    } while ($running.Count -gt 0 -and [DateTime]::UtcNow -lt $until)

    $files = [Collections.Generic.List[string]]::new()
    foreach ($id in $jobs.Keys) {
        $file = [IO.Path]::Combine($folder, "$id.json")
        if (Read-Blob $Container "runs/$run/$id.json" $file) { $files.Add($file) }
        if ($jobs[$id].Status -ne 'Completed') { $missing[$id] = "the job ended as $($jobs[$id].Status)" }
        elseif (-not [IO.File]::Exists($file)) { $missing[$id] = 'the job stored no report' }
    }
    if ($files.Count -eq 0) { throw "No subscription was audited: $(@($missing.Keys | ForEach-Object { "${_}: $($missing[$_])" }) -join '; ')" }

    $title = 'PostgreSQL security'
    if ($missing.Count -gt 0) { $title += ", NOT WHOLE: without all of $(@($missing.Keys) -join ', ')" }
    # Shard by shard, so that no more than one is in memory beside the report.
    foreach ($kind in 'html', 'json') {
        $servers = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
        $count = @{ Fail = 0; Unknown = 0 }
        $merged = [IO.Path]::Combine($folder, "estate.$kind")
        $files | ForEach-Object { ([IO.File]::ReadAllText($_) | ConvertFrom-Json).findings } | ForEach-Object {
            $null = $servers.Add($_.resourceId)
            if ($count.ContainsKey("$($_.outcome)")) { $count["$($_.outcome)"]++ }
            $_
        } | Export-PgSecurityReport $merged -Title $title
        Write-Blob "runs/$run/estate.$kind" $merged
    }

    [pscustomobject] @{ Run = $run; Subscriptions = $files.Count; Servers = $servers.Count; Failed = $count.Fail; Unknown = $count.Unknown; Missing = @($missing.Keys) }
    if ($missing.Count -gt 0) { throw "The report is not whole. $(@($missing.Keys | ForEach-Object { "${_}: $($missing[$_])" }) -join '; ')" }
}
finally {
    Disconnect-PgSecurity
    [IO.Directory]::Delete($folder, $true)
}
