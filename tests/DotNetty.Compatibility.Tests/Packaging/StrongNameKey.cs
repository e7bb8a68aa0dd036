using System.Security.Cryptography;

namespace DotNetty.Compatibility.Tests.Packaging;

/// <summary>A key to sign an assembly with, in the form the compiler takes.</summary>
internal static class StrongNameKey
{
    public static byte[] Create()
    {
        using var rsa = new RSACryptoServiceProvider(2048);
        return rsa.ExportCspBlob(includePrivateParameters: true);
    }
}
