namespace System.Runtime.CompilerServices;

/// <summary>Marks setters that only an initializer may call.</summary>
internal static class IsExternalInit;
