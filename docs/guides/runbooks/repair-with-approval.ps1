<#
.SYNOPSIS
    Writes a plan of repairs for somebody to approve; given an approved plan, makes exactly what was approved.
.DESCRIPTION
    Without -Approved it audits, plans, and stores plans/<plan>.json. Nothing is changed.

    Whoever approves reads the plan, deletes the servers that are not to be changed, fills in approvedBy, and puts the file
    into the container of approved plans under the same name. Who may write there decides who may approve: give the identity
    of this runbook no more than reading there, so that it cannot approve its own plans.

    With -Approved <plan> it plans anew from what the servers are now. A server whose new plan is not the approved one, step
    for step and value for value, is left alone and reported as Drifted; so is every server of a plan that is too old. The
    others are repaired, one server at a time, with the consents that the plan was approved with. The journal is stored
    after each server, so that Undo-PgSecurityChange can take everything back.
.PARAMETER Container
    The address of the container for plans, journals and results. The identity needs Storage Blob Data Contributor there.
.PARAMETER ApprovedContainer
    The address of the container of approved plans. The identity needs Storage Blob Data Reader there, and no more.
.PARAMETER Approved
    The name of an approved plan, without .json.
.PARAMETER Subscription
    Subscriptions, by id, for the plan.
.PARAMETER ServerName
    Names of servers, for the plan. Wildcards are allowed.
.PARAMETER Control
    Ids of controls, for the plan. Wildcards are allowed. All of the profile baseline unless some are named.
.PARAMETER ParameterBlob
    A file with values of parameters, in the container: what the organisation chose. It becomes part of the plan.
.PARAMETER AllowRestart
    Plans with the consent to restarts.
.PARAMETER AllowConnectivityLoss
    Plans with the consent to clients losing their connection.
.PARAMETER AllowCost
    Plans with the consent to costs.
.PARAMETER AllowOneWay
    Plans with the consent to what cannot be taken back.
.PARAMETER MaximumAgeDays
    How old a plan may be when it is made.
.PARAMETER MaxFailures
    After how many servers with a failed change no other is begun.
.PARAMETER RetrySeconds
    How long to wait before a request is sent again, times the attempt.
.PARAMETER Rehearsal
    Plans and repairs in the sandbox.
.EXAMPLE
    ./repair-with-approval.ps1 -Container https://stcontososecurity.blob.core.windows.net/pgsecurity -Control LOG-00*, DAT-002 -AllowConnectivityLoss
.EXAMPLE
    ./repair-with-approval.ps1 -Container https://stcontososecurity.blob.core.windows.net/pgsecurity -ApprovedContainer https://stcontososecurity.blob.core.windows.net/pgsecurity-approved -Approved 20261124T030000Z
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Container,
    [string] $ApprovedContainer,
    [ValidatePattern('^(\d{8}T\d{6}Z)?$')] [string] $Approved,
    [string[]] $Subscription = @(),
    [string[]] $ServerName = @('*'),
    [string[]] $Control = @(),
    [string] $ParameterBlob,
    [switch] $AllowRestart,
    [switch] $AllowConnectivityLoss,
    [switch] $AllowCost,
    [switch] $AllowOneWay,
    [int] $MaximumAgeDays = 7,
    [int] $MaxFailures = 1,
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

# A step of a plan as text: all that must be the same when it is made.
function Get-StepText($Step) {
    '{0}|{1}|{2}|{3}|{4}|{5}' -f $Step.Step, $Step.TargetId, $Step.Method, $Step.From, $Step.To, $Step.Body
}

# The steps of a server that would be sent, in their order.
function Get-ServerPlan([string] $ResourceId, [string[]] $Controls, [hashtable] $Choices) {
    Repair-PgSecurityFinding -ResourceId $ResourceId -Control $Controls -PlanOnly @Choices -ErrorAction SilentlyContinue |
        Where-Object WillApply |
        ForEach-Object {
            [ordered] @{
                Step = $_.Step; ControlId = @($_.ControlId | ForEach-Object { "$_" }); TargetId = $_.TargetId; Method = $_.Method
                From = $_.From; To = $_.To; Body = $_.Body; Class = "$($_.Class)"; NeedsRestart = $_.NeedsRestart; Risk = $_.Risk
            }
        }
}

# Reads the file of the organisation's choices, where the plan has one.
function Get-Choice([string] $Name, [string[]] $Consents) {
    $choices = @{}
    foreach ($consent in $Consents) { $choices[$consent] = $true }
    if ($Name) {
        $file = [IO.Path]::Combine($folder, 'parameters.json')
        if (-not (Read-Blob $Container $Name $file)) { throw "There is no blob '$Name' in $Container." }
        $choices.ParameterFile = $file
    }
    $choices
}

function Write-JsonBlob([string] $Name, $Value) {
    $file = [IO.Path]::Combine($folder, 'value.json')
    [IO.File]::WriteAllText($file, ($Value | ConvertTo-Json -Depth 8))
    Write-Blob $Name $file
}

function New-Plan {
    $consents = @($given.Keys | Where-Object { $given[$_] })
    $choices = Get-Choice $ParameterBlob $consents
    $selection = @{ ServerName = $ServerName }
    if ($Control.Count -gt 0) { $selection.Control = $Control }
    if ($choices.ParameterFile) { $selection.ParameterFile = $choices.ParameterFile }

    $controls = [ordered] @{}
    Get-PgSecurityFinding @selection -ErrorAction SilentlyContinue |
        Where-Object { $_.Outcome -eq 'Fail' -and $_.IsRemediable } |
        ForEach-Object {
            if (-not $controls.Contains($_.ResourceId)) { $controls[$_.ResourceId] = [Collections.Generic.List[string]]::new() }
            $controls[$_.ResourceId].Add($_.ControlId)
        }

    $servers = foreach ($id in $controls.Keys) {
        $steps = @(Get-ServerPlan $id $controls[$id] $choices)
        if ($steps.Count -gt 0) { [ordered] @{ resourceId = $id; controls = @($controls[$id]); steps = $steps } }
    }
    $name = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
    Write-JsonBlob "plans/$name.json" ([ordered] @{
        schema = 'pgsecurity/approval/1'; plan = $name; plannedBy = (Get-PgSecurityContext).Account; approvedBy = ''
        consents = $consents; parameterBlob = $ParameterBlob; servers = @($servers)
    })
    [pscustomobject] @{ Plan = $name; Servers = @($servers).Count; Steps = @($servers | ForEach-Object { $_.steps }).Count; Consents = $consents }
}

function Read-ApprovedPlan {
    if (-not $ApprovedContainer) { throw 'Name the container of approved plans: -ApprovedContainer.' }
    $file = [IO.Path]::Combine($folder, 'approved.json')
    if (-not (Read-Blob $ApprovedContainer "$Approved.json" $file)) { throw "There is no approved plan '$Approved' in $ApprovedContainer." }
    $plan = [IO.File]::ReadAllText($file) | ConvertFrom-Json
    if ($plan.schema -ne 'pgsecurity/approval/1' -or $plan.plan -ne $Approved) { throw "'$Approved' is not the plan of that name." }
    if (-not "$($plan.approvedBy)".Trim()) { throw "Nobody has put a name to the plan '$Approved': approvedBy is empty." }
    $planned = [DateTime]::ParseExact($plan.plan, 'yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture, 'AssumeUniversal, AdjustToUniversal')
    if ([DateTime]::UtcNow - $planned -gt [TimeSpan]::FromDays($MaximumAgeDays)) { throw "The plan '$Approved' is older than $MaximumAgeDays days. Make a new one." }
    foreach ($consent in $plan.consents) {
        if ($consent -notin 'AllowRestart', 'AllowConnectivityLoss', 'AllowCost', 'AllowOneWay') { throw "The plan '$Approved' has the consent '$consent', which there is not." }
    }
    $plan
}

function Invoke-ApprovedPlan {
    $plan = Read-ApprovedPlan
    $choices = Get-Choice "$($plan.parameterBlob)" @($plan.consents)
    $journal = [IO.Path]::Combine($folder, 'journal')
    $results = [Collections.Generic.List[object]]::new()
    $failures = 0
    foreach ($server in $plan.servers) {
        $controls = [string[]] @($server.controls)
        $wanted = @($server.steps | ForEach-Object { Get-StepText $_ }) -join "`n"
        $now = @(Get-ServerPlan $server.resourceId $controls $choices | ForEach-Object { Get-StepText $_ }) -join "`n"
        if ($now -cne $wanted) {
            $results.Add([ordered] @{ ResourceId = $server.resourceId; Step = ''; Status = 'Drifted'; Reason = 'The plan for this server is not the approved one any more. Make a new plan.'; ChangeId = '' })
            continue
        }
        if ($failures -ge $MaxFailures) {
            $results.Add([ordered] @{ ResourceId = $server.resourceId; Step = ''; Status = 'NotBegun'; Reason = 'Too many servers before it had a failed change.'; ChangeId = '' })
            continue
        }

        $changes = @(Repair-PgSecurityFinding -ResourceId $server.resourceId -Control $controls @choices -JournalPath $journal -Confirm:$false -ErrorAction SilentlyContinue)
        foreach ($change in $changes) {
            $results.Add([ordered] @{ ResourceId = $change.ResourceId; Step = $change.Step; Status = "$($change.Status)"; Reason = $change.Reason; ChangeId = $change.ChangeId })
        }
        if ($changes | Where-Object Status -EQ 'Failed') { $failures++ }
        if ([IO.Directory]::Exists($journal)) {
            foreach ($file in [IO.Directory]::GetFiles($journal)) { Write-Blob "journal/$Approved/$([IO.Path]::GetFileName($file))" $file }
        }
    }

    Write-JsonBlob "results/$Approved.json" ([ordered] @{ plan = $Approved; approvedBy = $plan.approvedBy; changes = $results.ToArray() })
    [pscustomobject] @{
        Plan = $Approved; ApprovedBy = $plan.approvedBy
        Changed = @($results | Where-Object { $_.Status -in 'Changed', 'RestartRequired' }).Count
        Drifted = @($results | Where-Object { $_.Status -eq 'Drifted' }).Count
        Failed  = @($results | Where-Object { $_.Status -in 'Failed', 'InDoubt', 'NotBegun' }).Count
    }
    if ($failures -gt 0) { throw "$failures servers have a change that failed: results/$Approved.json says which and why." }
}

$given = [ordered] @{ AllowRestart = $AllowRestart; AllowConnectivityLoss = $AllowConnectivityLoss; AllowCost = $AllowCost; AllowOneWay = $AllowOneWay }
$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'pgsecurity-' + [Guid]::NewGuid().ToString('N'))
$null = [IO.Directory]::CreateDirectory($folder)
try {
    $null = if ($Rehearsal) { Connect-PgSecurity -Sandbox -Subscription $Subscription } else { Connect-PgSecurity -ManagedIdentity -Subscription $Subscription }
    if ($Approved) { Invoke-ApprovedPlan } else { New-Plan }
}
finally {
    Disconnect-PgSecurity
    [IO.Directory]::Delete($folder, $true)
}
