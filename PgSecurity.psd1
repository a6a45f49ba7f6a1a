@{
    RootModule           = 'module/PgSecurity.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5f0a1c52-5c0e-4f4b-9a35-7d3f0b0d6c1e'
    Author               = 'The PgSecurity authors'
    CompanyName          = 'The PgSecurity authors'
    Copyright            = 'Copyright (c) 2026 The PgSecurity authors. MIT License.'
    Description          = 'Finds what leaves an Azure Database for PostgreSQL flexible server insecure, and fixes it from the pipeline.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess     = @('module/PgSecurity.Format.ps1xml')
    TypesToProcess       = @('module/PgSecurity.Types.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Add-PgEntraAdministrator'
        'Compare-PgSecuritySnapshot'
        'Connect-PgSecurity'
        'Disconnect-PgSecurity'
        'Export-PgAnonymousDump'
        'Export-PgSecurityPolicy'
        'Export-PgSecurityQuery'
        'Export-PgSecurityReport'
        'Export-PgSecuritySnapshot'
        'Get-PgSecurityChange'
        'Get-PgSecurityContext'
        'Get-PgSecurityControl'
        'Get-PgSecurityFinding'
        'Get-PgSensitiveColumn'
        'Get-PgServer'
        'Invoke-PgStaticMasking'
        'Measure-PgSecurity'
        'New-PgEncryptionKey'
        'New-PgMaskingDataWrapper'
        'New-PgMaskingView'
        'New-PgPrivateEndpoint'
        'New-PgReadReplica'
        'New-PgSecurityExemption'
        'Protect-PgValue'
        'Remove-PgEntraAdministrator'
        'Remove-PgFirewallRule'
        'Remove-PgMaskingRule'
        'Repair-PgSecurityFinding'
        'Set-PgAuditLogging'
        'Set-PgAuthentication'
        'Set-PgBackupRetention'
        'Set-PgDataEncryption'
        'Set-PgDiagnosticSetting'
        'Set-PgFirewallRule'
        'Set-PgHighAvailability'
        'Set-PgKeyRotationPolicy'
        'Set-PgMaskedRole'
        'Set-PgMaskingRule'
        'Set-PgPasswordEncryption'
        'Set-PgPublicNetworkAccess'
        'Set-PgServerLock'
        'Set-PgServerParameter'
        'Set-PgThreatProtection'
        'Set-PgTlsMinimum'
        'Test-PgClientTrust'
        'Test-PgRestore'
        'Test-PgSecurityPermission'
        'Test-PgTlsConnection'
        'Undo-PgSecurityChange'
        'Unprotect-PgValue'
        'Update-PgEncryptionKey'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('PostgreSQL', 'Azure', 'Security', 'Audit', 'Compliance', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
