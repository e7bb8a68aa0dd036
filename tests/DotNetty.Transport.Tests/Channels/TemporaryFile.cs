namespace DotNetty.Transport.Tests.Channels;

/// <summary>A file of random bytes.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public TemporaryFile(int length)
    {
        Content = new byte[length];
        new Random(length).NextBytes(Content);
        File.WriteAllBytes(_path, Content);
    }

    public byte[] Content { get; }

    public FileStream Open() => new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public void Truncate(int length)
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(length);
    }

    public void Dispose() => File.Delete(_path);
}
