using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>Certificates that no authority signed, made when a test wants them.</summary>
internal static class SelfSigned
{
    /// <summary>Writes certificate and key as PEM.</summary>
    public static (string Certificate, string Key) Write(TemporaryFolder folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        File.WriteAllText(folder.At($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(folder.At($"{name}-key.pem"), key.ExportPkcs8PrivateKeyPem());
        return (folder.At($"{name}.pem"), folder.At($"{name}-key.pem"));
    }
}
