BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $cmdlets = (Get-Module PgSecurity).ExportedCmdlets.Keys | ForEach-Object { @{ Name = $_ } }
}

BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'PgSecurity' {
    It 'imports again and again' {
        $count = (Get-Module PgSecurity).ExportedCmdlets.Count
        Import-Module $manifest -Force
        Import-Module $manifest -Force
        (Get-Module PgSecurity).ExportedCmdlets.Count | Should -Be $count
    }

    It 'puts only its abstractions into the default load context' -Skip:($PSVersionTable.PSEdition -ne 'Core') {
        $loaded = [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object Location -Like '*PgSecurity*' | ForEach-Object { $_.GetName().Name }
        $loaded | Where-Object { $_ -ne 'PgSecurity.Abstractions' } | Should -BeNullOrEmpty
    }

    It '<Name> has help with three examples at least' -ForEach $cmdlets {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -Match "^\s*$Name \[|^\s*$"
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 3
    }

    It 'has the topic <_>' -ForEach 'about_PgSecurity', 'about_PgSecurity_Connections', 'about_PgSecurity_Controls', 'about_PgSecurity_Remediation' {
        Get-Help $_ | Out-String | Should -Match 'SHORT DESCRIPTION'
    }
}
