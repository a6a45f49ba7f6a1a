namespace PgSecurity.Tests;

/// <summary>
/// The engine package has none of the cmdlets of Microsoft.PowerShell.Utility and Management. The examples of the help
/// need some: these do what the examples ask of them. In a full PowerShell the Pester tests run the examples with the
/// real ones.
/// </summary>
internal static class UtilityStandIns
{
    public const string Script = """
        function Get-Content { param([string] $Path, [switch] $Raw)
            $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
            if ($Raw) { [IO.File]::ReadAllText($file) } else { [IO.File]::ReadAllLines($file) } }
        function ConvertFrom-Json { param([Parameter(ValueFromPipeline)] [string] $InputObject)
            process { [PgSecurity.Tests.JsonObjects]::Read($InputObject) } }
        function Sort-Object { param([object[]] $Property, [switch] $Descending, [switch] $Unique, [Parameter(ValueFromPipeline)] $InputObject)
            begin { $all = [Collections.Generic.List[object]]::new() } process { $all.Add($InputObject) }
            end { $name = [string] $Property[0]
                $sorted = [Linq.Enumerable]::OrderBy($all, [Func[object, object]] { param($item) $item.$name })
                $list = [Collections.Generic.List[object]]::new($sorted); if ($Descending) { $list.Reverse() }
                $last = $null; foreach ($item in $list) { if (-not $Unique -or $item.$name -ne $last) { $item }; $last = $item.$name } } }
        function Group-Object { param([string] $Property, [Parameter(ValueFromPipeline)] $InputObject)
            begin { $groups = [ordered] @{} }
            process { $key = [string] $InputObject.$Property; if (-not $groups.Contains($key)) { $groups[$key] = [Collections.Generic.List[object]]::new() }; $groups[$key].Add($InputObject) }
            end { foreach ($key in $groups.Keys) { [pscustomobject] @{ Name = $key; Count = $groups[$key].Count; Group = $groups[$key] } } } }
        function Select-Object { param([string[]] $Property, [int] $First = [int]::MaxValue, [Parameter(ValueFromPipeline)] $InputObject)
            begin { $count = 0 }
            process { if ($count++ -ge $First) { return }; if (-not $Property) { $InputObject; return }
                $selected = [ordered] @{}; foreach ($name in $Property) { $selected[$name] = $InputObject.$name }; [pscustomobject] $selected } }
        function Format-List { param([Parameter(ValueFromPipeline)] $InputObject) process { $InputObject } }
        """;
}
