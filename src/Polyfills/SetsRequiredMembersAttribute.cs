namespace System.Diagnostics.CodeAnalysis;

/// <summary>Marks a constructor that sets every required member.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
