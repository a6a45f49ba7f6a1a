<#
.SYNOPSIS
    Audits servers, keeps the findings in a storage account, and sends those that matter to Log Analytics.
.DESCRIPTION
    For Azure Automation, or any machine with a managed identity. It needs PgSecurity and no other module.
    In the container:

      runs/<run>/<shard>.json      the report of this run, in the JSON format of Export-PgSecurityReport
      runs/<run>/<shard>.ndjson    its findings that failed or are unknown or exempt, one a line, as they went to Log Analytics
      latest/<shard>.json          the report of the last run
      latest/<shard>.failures.txt  what failed in it, which the next run compares itself with

    What fails now and did not in the last run is new (IsNew): the alert rule asks for that. What could not be read is
    Unknown in the findings; a server or subscription that could not be read at all fails the job, after everything
    else was stored.
.PARAMETER Container
    The address of the container: https://<account>.blob.core.windows.net/<container>. The identity needs Storage Blob
    Data Contributor there.
.PARAMETER Subscription
    Subscriptions, by id. All that the identity sees unless some are named.
.PARAMETER AuditProfile
    The profile of controls.
.PARAMETER Shard
    The name under which this part of the estate is kept.
.PARAMETER Run
    The name of the run; the time in UTC unless it is given. All shards of a run have the same.
.PARAMETER LogsEndpoint
    The logs ingestion endpoint of a data collection rule. Without it nothing is sent to Log Analytics. The identity needs
    Monitoring Metrics Publisher on the rule.
.PARAMETER RuleId
    The immutable id of the data collection rule.
.PARAMETER Stream
    The stream of the rule.
.PARAMETER RetrySeconds
    How long to wait before a request is sent again, times the attempt.
.PARAMETER Rehearsal
    Audits the sample estate of the sandbox instead of Azure. Storage and Log Analytics are real all the same.
.EXAMPLE
    ./nightly-audit.ps1 -Container https://stcontososecurity.blob.core.windows.net/pgsecurity
.EXAMPLE
    ./nightly-audit.ps1 -Container https://stcontososecurity.blob.core.windows.net/pgsecurity -AuditProfile strict -LogsEndpoint https://dcr-pgsecurity-x1y2.westeurope-1.ingest.monitor.azure.com -RuleId dcr-0123456789abcdef0123456789abcdef
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Container,
    [string[]] $Subscription = @(),
    [string] $AuditProfile = 'baseline',
    [string] $Shard = 'estate',
    [string] $Run = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture),
    [string] $LogsEndpoint,
    [string] $RuleId,
    [string] $Stream = 'Custom-PgSecurityFinding',
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

# Sends rows to Log Analytics, in requests below the megabyte that the service takes.
function Send-Row([Collections.Generic.List[string]] $Rows) {
    $most = 900KB
    $part = [Text.StringBuilder]::new()
    for ($at = 0; $at -le $Rows.Count; $at++) {
        $isEnd = $at -eq $Rows.Count
        if ($part.Length -gt 0 -and ($isEnd -or [Text.Encoding]::UTF8.GetByteCount($part.ToString()) + [Text.Encoding]::UTF8.GetByteCount($Rows[$at]) -gt $most)) {
            $null = Invoke-AzureRequest @{
                Method      = 'Post'
                Uri         = "$LogsEndpoint/dataCollectionRules/$RuleId/streams/${Stream}?api-version=2023-01-01"
                Headers     = Get-IdentityHeader 'https://monitor.azure.com/'
                Body        = [Text.Encoding]::UTF8.GetBytes('[' + $part.ToString() + ']')
                ContentType = 'application/json; charset=utf-8'
            }
            $null = $part.Clear()
        }
        if (-not $isEnd) {
            if ($part.Length -gt 0) { $null = $part.Append(',') }
            $null = $part.Append($Rows[$at])
        }
    }
}

$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'pgsecurity-' + [Guid]::NewGuid().ToString('N'))
$null = [IO.Directory]::CreateDirectory($folder)
try {
    $null = if ($Rehearsal) { Connect-PgSecurity -Sandbox -Subscription $Subscription } else { Connect-PgSecurity -ManagedIdentity -Subscription $Subscription }

    $lastFile = [IO.Path]::Combine($folder, 'last.txt')
    $last = if (Read-Blob $Container "latest/$Shard.failures.txt" $lastFile) { , [Collections.Generic.HashSet[string]]::new([string[]] [IO.File]::ReadAllLines($lastFile), [StringComparer]::OrdinalIgnoreCase) }

    # One pass over the findings, so that an estate of any size fits: the report is written as they come.
    $reportFile = [IO.Path]::Combine($folder, 'report.json')
    $rows = [Collections.Generic.List[string]]::new()
    $failures = [Collections.Generic.List[string]]::new()
    $servers = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    $count = @{ New = 0; Unknown = 0 }
    Get-PgSecurityFinding -Profile $AuditProfile -IncludePassed -IncludeNotApplicable -ErrorAction SilentlyContinue -ErrorVariable unread | ForEach-Object {
        $outcome = "$($_.Outcome)"
        $key = "$($_.ResourceId) $($_.ControlId)"
        $null = $servers.Add($_.ResourceId)
        if ($outcome -eq 'Fail') { $failures.Add($key) }
        if ($outcome -eq 'Unknown') { $count.Unknown++ }
        if ($outcome -notin 'Pass', 'NotApplicable') {
            $isNew = $null -ne $last -and $outcome -eq 'Fail' -and -not $last.Contains($key)
            if ($isNew) { $count.New++ }
            $rows.Add(([ordered] @{
                TimeGenerated  = $_.EvaluatedAt.UtcDateTime.ToString('o', [Globalization.CultureInfo]::InvariantCulture)
                Run            = $Run
                Shard          = $Shard
                SubscriptionId = $_.SubscriptionId
                ResourceId     = $_.ResourceId
                ServerName     = $_.ServerName
                ControlId      = $_.ControlId
                Title          = $_.Title
                Section        = $_.Section
                Severity       = "$($_.Severity)"
                Outcome        = $outcome
                Reason         = $_.Reason
                IsNew          = $isNew
            } | ConvertTo-Json -Compress))
        }
        $_
    } | Export-PgSecurityReport $reportFile -Title "PostgreSQL security: $Shard"
    # What was read in part is in the findings, as Unknown with the reason; the others are not there at all.
    $notRead = @($unread | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -notmatch '^(ServerPartly|Shared)' })
    if ($servers.Count -eq 0) { throw "Nothing was audited. $($notRead -join ' ')" }

    $rowFile = [IO.Path]::Combine($folder, 'rows.ndjson')
    [IO.File]::WriteAllLines($rowFile, $rows)
    Write-Blob "runs/$Run/$Shard.ndjson" $rowFile
    if ($LogsEndpoint) { Send-Row $rows }
    # Last, so that a run that ends early is compared with again.
    Write-Blob "runs/$Run/$Shard.json" $reportFile
    Write-Blob "latest/$Shard.json" $reportFile
    [IO.File]::WriteAllLines($lastFile, $failures)
    Write-Blob "latest/$Shard.failures.txt" $lastFile

    [pscustomobject] @{
        Run = $Run; Shard = $Shard; Servers = $servers.Count
        Failed = $failures.Count; New = $count.New; Unknown = $count.Unknown; IsFirst = $null -eq $last; NotRead = $notRead.Count
    }
    if ($notRead.Count -gt 0) { throw "$($notRead.Count) could not be read at all, and are in no finding: $($notRead -join ' ')" }
}
finally {
    Disconnect-PgSecurity
    [IO.Directory]::Delete($folder, $true)
}
