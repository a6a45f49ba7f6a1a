BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Connect-PgSecurity' {
    AfterEach { Disconnect-PgSecurity }

    It 'connects to a sandbox' {
        (Connect-PgSecurity -Sandbox).IsSandbox | Should -BeTrue
    }

    It 'refuses plain http to another machine' {
        { Connect-PgSecurity -FromEnvironment -Endpoint http://example.com } | Should -Throw '*https*'
    }

    It 'takes the login of Az where it is loaded' {
        function global:Get-AzContext { [pscustomobject]@{ Account = [pscustomobject]@{ Id = 'someone@contoso.com' }; Tenant = [pscustomobject]@{ Id = 't' }; Subscription = [pscustomobject]@{ Id = 's' }; Environment = [pscustomobject]@{ Name = 'AzureCloud' } } }
        function global:Get-AzAccessToken { param($ResourceUrl, $TenantId) [pscustomobject]@{ Token = (ConvertTo-SecureString 'a.b.c' -AsPlainText -Force); ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) } }
        try { (Connect-PgSecurity -AzContext).Source | Should -Be 'Az context' }
        finally { Remove-Item Function:\Get-AzContext, Function:\Get-AzAccessToken }
    }
}
