BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $runbooks = Join-Path $PSScriptRoot '../../docs/guides/runbooks'

    # A managed identity's endpoint, blobs and logs ingestion, on loopback, in a runspace of its own.
    $azure = [hashtable]::Synchronized(@{ Blobs = [hashtable]::Synchronized(@{}); Logs = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new()) })
    $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $address = "http://127.0.0.1:$($probe.LocalEndpoint.Port)"
    $probe.Stop()
    $listener = [Net.HttpListener]::new()
    $listener.Prefixes.Add("$address/")
    $listener.Start()
    $server = [powershell]::Create().AddScript({
        param($Listener, $Azure)
        while ($Listener.IsListening) {
            $exchange = $Listener.GetContext()
            $path = [Uri]::UnescapeDataString($exchange.Request.Url.AbsolutePath)
            $body = [IO.MemoryStream]::new()
            $exchange.Request.InputStream.CopyTo($body)
            $token = "$($exchange.Request.Headers['Authorization'])"
            $status, $answer = 404, [byte[]] @()
            if ($path -eq '/identity' -and $exchange.Request.Headers['X-IDENTITY-HEADER'] -eq 'secret') {
                $status, $answer = 200, [Text.Encoding]::UTF8.GetBytes('{"access_token":"token for ' + $exchange.Request.QueryString['resource'] + '"}')
                $exchange.Response.ContentType = 'application/json'
            }
            elseif ($path.StartsWith('/blobs/') -and $token -eq 'Bearer token for https://storage.azure.com/') {
                if ($exchange.Request.HttpMethod -eq 'PUT' -and $exchange.Request.Headers['x-ms-blob-type'] -eq 'BlockBlob') { $Azure.Blobs[$path] = $body.ToArray(); $status = 201 }
                elseif ($Azure.Blobs.ContainsKey($path)) { $status, $answer = 200, $Azure.Blobs[$path] }
            }
            elseif ($path.StartsWith('/logs/') -and $token -eq 'Bearer token for https://monitor.azure.com/') {
                $null = $Azure.Logs.Add([Text.Encoding]::UTF8.GetString($body.ToArray()))
                $status = 204
            }
            $exchange.Response.StatusCode = $status
            $exchange.Response.Close($answer, $true)
        }
    }).AddArgument($listener).AddArgument($azure)
    $null = $server.BeginInvoke()

    $before = $env:IDENTITY_ENDPOINT, $env:IDENTITY_HEADER
    $env:IDENTITY_ENDPOINT = "$address/identity"
    $env:IDENTITY_HEADER = 'secret'

    function Get-BlobText([string] $Name) { [Text.Encoding]::UTF8.GetString($azure.Blobs["/blobs/$Name"]) }
}

AfterAll {
    $env:IDENTITY_ENDPOINT, $env:IDENTITY_HEADER = $before
    $listener.Close()
    $server.Dispose()
}

Describe 'nightly-audit' {
    It 'stores a report and sends rows, in requests that PowerShell itself makes' {
        $result = & "$runbooks/nightly-audit.ps1" -Container "$address/blobs/security" -Subscription 2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f -Run one -LogsEndpoint "$address/logs" -RuleId dcr-1 -Rehearsal
        $result.IsFirst | Should -BeTrue
        $result.NotRead | Should -Be 0
        $report = Get-BlobText 'security/latest/estate.json' | ConvertFrom-Json
        $report.schema | Should -Be 'pgsecurity/report/1'
        $rows = @($azure.Logs | ForEach-Object { $_ | ConvertFrom-Json })
        $rows.Count | Should -Be @((Get-BlobText 'security/runs/one/estate.ndjson') -split "`n" | Where-Object { $_.Trim() }).Count
        $rows[0].TimeGenerated | Should -Not -BeNullOrEmpty

        $again = & "$runbooks/nightly-audit.ps1" -Container "$address/blobs/security" -Subscription 2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f -Run two -Rehearsal
        $again.IsFirst | Should -BeFalse
        $again.New | Should -Be 0
    }
}

Describe 'repair-with-approval' {
    It 'makes what was approved, and refuses what nobody approved' {
        $plan = & "$runbooks/repair-with-approval.ps1" -Container "$address/blobs/security" -ServerName psql-basket-prod -Control LOG-011, DAT-002 -AllowConnectivityLoss -Rehearsal
        $plan.Steps | Should -BeGreaterThan 0
        $apply = @{ Container = "$address/blobs/security"; ApprovedContainer = "$address/blobs/approved"; Approved = $plan.Plan; Rehearsal = $true }
        { & "$runbooks/repair-with-approval.ps1" @apply } | Should -Throw '*no approved plan*'

        $text = (Get-BlobText "security/plans/$($plan.Plan).json").Replace('"approvedBy": ""', '"approvedBy": "dba@contoso.com"')
        $azure.Blobs["/blobs/approved/$($plan.Plan).json"] = [Text.Encoding]::UTF8.GetBytes($text)
        $made = & "$runbooks/repair-with-approval.ps1" @apply
        $made.Changed | Should -Be $plan.Steps
        $made.Drifted | Should -Be 0
        ($azure.Blobs.Keys -like "/blobs/security/journal/$($plan.Plan)/*").Count | Should -Be 1
    }
}

Describe 'restore-drill' {
    It 'restores the next server in turn and keeps the figures' {
        $drill = @{ Container = "$address/blobs/security"; ServerName = 'psql-cards-test', 'psql-basket-prod'; Rehearsal = $true }
        $first = & "$runbooks/restore-drill.ps1" @drill
        $first.Passed | Should -Be 1
        $first.NeverTried | Should -Be 1
        (Get-BlobText "security/drills/$($first.Run).json" | ConvertFrom-Json).servers[0].checks | Should -Not -BeNullOrEmpty
        (& "$runbooks/restore-drill.ps1" @drill).NeverTried | Should -Be 0
    }
}
