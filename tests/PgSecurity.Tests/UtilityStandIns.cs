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
        function Sort-Object { param([string[]] $Property = @(), [switch] $Descending, [switch] $Unique, [Parameter(ValueFromPipeline)] $InputObject)
            begin { $all = [Collections.Generic.List[object]]::new() } process { $all.Add($InputObject) }
            end { $name = if ($Property) { $Property[0] }
                $sorted = [Linq.Enumerable]::OrderBy($all, [Func[object, object]] { param($item) if ($name) { $item.$name } else { "$item" } })
                $list = [Collections.Generic.List[object]]::new($sorted); if ($Descending) { $list.Reverse() }
                $last = $null; foreach ($item in $list) { $key = if ($name) { $item.$name } else { "$item" }; if (-not $Unique -or $key -ne $last) { $item }; $last = $key } } }
        function Group-Object { param([string] $Property, [switch] $NoElement, [Parameter(ValueFromPipeline)] $InputObject)
            begin { $groups = [ordered] @{} }
            process { $key = [string] $InputObject.$Property; if (-not $groups.Contains($key)) { $groups[$key] = [Collections.Generic.List[object]]::new() }; $groups[$key].Add($InputObject) }
            end { foreach ($key in $groups.Keys) { [pscustomobject] @{ Name = $key; Count = $groups[$key].Count; Group = $groups[$key] } } } }
        function Select-Object { param([string[]] $Property, [string] $ExpandProperty, [int] $First = [int]::MaxValue, [int] $Last, [Parameter(ValueFromPipeline)] $InputObject)
            begin { $all = [Collections.Generic.List[object]]::new() }
            process { if ($all.Count -lt $First) { $all.Add($InputObject) } }
            end { for ($at = if ($Last) { [Math]::Max(0, $all.Count - $Last) } else { 0 }; $at -lt $all.Count; $at++) {
                $item = $all[$at]
                if ($ExpandProperty) { $item.$ExpandProperty } elseif (-not $Property) { $item }
                else { $selected = [ordered] @{}; foreach ($name in $Property) { $selected[$name] = $item.$name }; [pscustomobject] $selected } } } }
        function Format-List { param([Parameter(Position = 0)] [string[]] $Property, [Parameter(ValueFromPipeline)] $InputObject) process { $InputObject } }
        function Format-Table { param([Parameter(Position = 0)] [string[]] $Property, [switch] $Wrap, [Parameter(ValueFromPipeline)] $InputObject) process { $InputObject } }
        """;
}
