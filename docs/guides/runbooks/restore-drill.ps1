<#
.SYNOPSIS
    Restores servers on trial, those first that were tried longest ago, and keeps the figures.
.DESCRIPTION
    Each run takes the next servers of a turn, so that in time every backup was proved: those that were never tried, then
    those whose trial is oldest. Test-PgRestore restores a temporary server from each, looks at it, and deletes it.
    In the container:

      drills/<run>.json      outcome, times and checks of this run
      drills/turn.json       when each server was tried last
      journal/<run>/...      what was made and deleted, for Undo-PgSecurityChange

    A temporary server that an earlier run left behind, because it died, is named and fails the job; so does a server
    whose restore failed. The temporary servers cost as much as their sources for as long as they stand.
.PARAMETER Container
    The address of the container: https://<account>.blob.core.windows.net/<container>. The identity needs Storage Blob
    Data Contributor there, and for the servers the roles of the guide to read, to change the server and to make new ones.
.PARAMETER Subscription
    Subscriptions, by id. All that the identity sees unless some are named.
.PARAMETER ServerName
    Names of the servers that take turns. Wildcards are allowed.
.PARAMETER ServersPerRun
    How many servers a run tries.
.PARAMETER Rto
    How long a restore may take, as hours:minutes:seconds.
.PARAMETER Rpo
    How old the newest point may be, as hours:minutes:seconds.
.PARAMETER TargetResourceGroup
    The resource group for temporary servers, where locks would stand against deleting them in their own.
.PARAMETER RetrySeconds
    How long to wait before a request is sent again, times the attempt.
.PARAMETER Rehearsal
    Tries servers of the sandbox.
.EXAMPLE
    ./restore-drill.ps1 -Container https://stcontososecurity.blob.core.windows.net/pgsecurity -Rto 04:00:00 -Rpo 00:15:00
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Container,
    [string[]] $Subscription = @(),
    [string[]] $ServerName = @('*'),
    [int] $ServersPerRun = 1,
    [string] $Rto = '04:00:00',
    [string] $Rpo = '00:15:00',
    [string] $TargetResourceGroup,
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

$run = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'pgsecurity-' + [Guid]::NewGuid().ToString('N'))
$null = [IO.Directory]::CreateDirectory($folder)
try {
    $null = if ($Rehearsal) { Connect-PgSecurity -Sandbox -Subscription $Subscription } else { Connect-PgSecurity -ManagedIdentity -Subscription $Subscription }

    # What an earlier run left behind, before this one makes any.
    $leftOver = @(Get-PgServer -Tag @{ 'pgsecurity-restore-test' = '*' } -ErrorAction SilentlyContinue | ForEach-Object ResourceId)

    $turnFile = [IO.Path]::Combine($folder, 'turn.json')
    $tried = @{}
    if (Read-Blob $Container 'drills/turn.json' $turnFile) {
        foreach ($entry in ([IO.File]::ReadAllText($turnFile) | ConvertFrom-Json).servers) { $tried[$entry.resourceId] = $entry.run }
    }

    # A name and the time of the last trial as one text: sorted, the next in turn come first.
    $turn = [Collections.Generic.SortedDictionary[string, object]]::new([StringComparer]::Ordinal)
    Get-PgServer -ServerName $ServerName -ErrorAction SilentlyContinue -ErrorVariable unread |
        Where-Object { -not $_.IsSingleServer -and $_.State -eq 'Ready' -and $_.ReplicationRole -eq 'Primary' -and $_.ResourceId -notin $leftOver } |
        ForEach-Object { $turn["$($tried[$_.ResourceId]) $($_.ResourceId)"] = $_.ResourceId }
    if ($turn.Count -eq 0) { throw "No server that can be restored is to be seen. $($unread -join ' ')" }

    $journal = [IO.Path]::Combine($folder, 'journal')
    $choices = @{ AllowCost = $true; Rto = $Rto; Rpo = $Rpo; JournalPath = $journal }
    if ($TargetResourceGroup) { $choices.TargetResourceGroup = $TargetResourceGroup }
    $results = [Collections.Generic.List[object]]::new()
    foreach ($id in @($turn.Values) | Select-Object -First $ServersPerRun) {
        $test = Test-PgRestore -ResourceId $id @choices -ErrorAction SilentlyContinue -ErrorVariable failed
        $results.Add([ordered] @{
            resourceId = $id; outcome = if ($test) { "$($test.Outcome)" } else { 'Unknown' }
            recoveryTime = "$($test.RecoveryTime)"; recoveryPointAge = "$($test.RecoveryPointAge)"
            reason = if ($test) { $test.Reason } else { $failed -join ' ' }
            cleanedUp = -not $test -or $test.IsCleanedUp; restoredServerId = "$($test.RestoredServerId)"
            checks = @($test.Checks | ForEach-Object { "$_" })
        })
        if ($test) { $tried[$id] = $run }
        if ([IO.Directory]::Exists($journal)) {
            foreach ($file in [IO.Directory]::GetFiles($journal)) { Write-Blob "journal/$run/$([IO.Path]::GetFileName($file))" $file }
        }
    }

    $file = [IO.Path]::Combine($folder, 'value.json')
    [IO.File]::WriteAllText($file, ([ordered] @{ run = $run; rto = $Rto; rpo = $Rpo; servers = $results.ToArray(); leftOver = $leftOver } | ConvertTo-Json -Depth 5))
    Write-Blob "drills/$run.json" $file
    [IO.File]::WriteAllText($file, ([ordered] @{ servers = @($tried.Keys | ForEach-Object { [ordered] @{ resourceId = $_; run = $tried[$_] } }) } | ConvertTo-Json -Depth 4))
    Write-Blob 'drills/turn.json' $file

    $leftOver += @($results | Where-Object { -not $_.cleanedUp } | ForEach-Object { $_.restoredServerId })
    $bad = @($results | Where-Object { $_.outcome -ne 'Pass' })
    [pscustomobject] @{ Run = $run; Tried = $results.Count; Passed = $results.Count - $bad.Count; NeverTried = @($turn.Values | Where-Object { -not $tried[$_] }).Count; LeftOver = $leftOver.Count }
    if ($leftOver.Count -gt 0) { throw "Left behind, and costing: $($leftOver -join ', '). Delete them." }
    if ($bad.Count -gt 0) { throw "Not proved: $(@($bad | ForEach-Object { "$($_.resourceId): $($_.outcome): $($_.reason)" }) -join '; ')" }
}
finally {
    Disconnect-PgSecurity
    [IO.Directory]::Delete($folder, $true)
}
