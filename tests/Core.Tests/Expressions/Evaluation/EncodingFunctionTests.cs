using Xunit;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

public sealed class EncodingFunctionTests
{
    public static TheoryData<string> Base64 => EvaluationTable.Rows("""
        base64('hello') => "aGVsbG8="
        base64('') => ""
        base64('é€') => "w6nigqw="
        base64(base64ToBinary('/w==')) => "/w=="
        base64(binary('hello')) => "aGVsbG8="
        base64(null) => error ArgumentType at null
        base64(1) => error ArgumentType at 1
        base64ToString('aGVsbG8=') => "hello"
        base64ToString('') => ""
        base64ToString('aGVs bG8=') => "hello"
        base64ToString('aGVsbG8') => error ArgumentValue at 'aGVsbG8'
        base64ToString('a-_b') => error ArgumentValue at 'a-_b'
        base64ToString('hello!') => error ArgumentValue at 'hello!'
        base64ToString(null) => error ArgumentType at null
        base64ToString(binary('aGk=')) => error ArgumentType at binary('aGk=')
        decodeBase64('aGVsbG8=') => "hello"
        decodeBase64('w6k=') => "é"
        decodeBase64('*') => error ArgumentValue at '*'
        base64ToBinary('aGVsbG8=') => {"$content-type":"application/octet-stream","$content":"aGVsbG8="}
        base64ToBinary('!') => error ArgumentValue at '!'
        base64ToBinary(1) => error ArgumentType at 1
        binary('hello') => {"$content-type":"application/octet-stream","$content":"aGVsbG8="}
        binary('') => {"$content-type":"application/octet-stream","$content":""}
        binary(null) => error ArgumentType at null
        string(binary('hello')) => "hello"
        concat(base64ToBinary('aGVsbG8='), '!') => "hello!"
        string(base64ToBinary('/w==')) => "{\"$content-type\":\"application/octet-stream\",\"$content\":\"/w==\"}"
        base64() => error ArgumentCount
        """);

    public static TheoryData<string> DataUris => EvaluationTable.Rows("""
        dataUri('hello') => "data:text/plain;charset=utf-8;base64,aGVsbG8="
        dataUri('') => "data:text/plain;charset=utf-8;base64,"
        dataUri(base64ToBinary('/w==')) => "data:application/octet-stream;base64,/w=="
        dataUri(1) => error ArgumentType at 1
        dataUriToString('data:text/plain;charset=utf-8;base64,aGVsbG8=') => "hello"
        dataUriToString('DATA:;base64,aGVsbG8=') => "hello"
        dataUriToString('data:,plain%20text') => "plain text"
        dataUriToString(dataUri('é')) => "é"
        dataUriToString('aGVsbG8=') => error ArgumentValue at 'aGVsbG8='
        dataUriToString('data:text/plain') => error ArgumentValue
        dataUriToString('data:;base64,*') => error ArgumentValue
        dataUriToString('') => error ArgumentValue at ''
        dataUriToString(null) => error ArgumentType at null
        dataUriToBinary('data:text/plain;base64,aGVsbG8=') => {"$content-type":"text/plain","$content":"aGVsbG8="}
        dataUriToBinary('data:application/octet-stream;base64,/w==') => {"$content-type":"application/octet-stream","$content":"/w=="}
        dataUriToBinary('data:text/plain;charset=utf-8;base64,aGVsbG8=') => {"$content-type":"text/plain;charset=utf-8","$content":"aGVsbG8="}
        dataUriToBinary('hello') => error ArgumentValue at 'hello'
        decodeDataUri('data:text/plain;charset=utf-8;base64,aGVsbG8=') => "hello"
        decodeDataUri('data:application/octet-stream;base64,/w==') => {"$content-type":"application/octet-stream","$content":"/w=="}
        decodeDataUri('data:application/json;base64,eyJhIjoxfQ==') => {"a":1}
        decodeDataUri('hello') => error ArgumentValue at 'hello'
        """);

    public static TheoryData<string> UriComponents => EvaluationTable.Rows("""
        uriComponent('https://contoso.com') => "https%3A%2F%2Fcontoso.com"
        uriComponent('a b+c') => "a%20b%2Bc"
        uriComponent('-_.~') => "-_.~"
        uriComponent('!*()') => "%21%2A%28%29"
        uriComponent('é€') => "%C3%A9%E2%82%AC"
        uriComponent('') => ""
        uriComponent(1) => error ArgumentType at 1
        encodeUriComponent('a/b?c=d&e') => "a%2Fb%3Fc%3Dd%26e"
        encodeUriComponent(null) => error ArgumentType at null
        uriComponentToString('https%3A%2F%2Fcontoso.com') => "https://contoso.com"
        uriComponentToString('a%20b+c') => "a b c"
        uriComponentToString('%C3%A9') => "é"
        uriComponentToString('100%') => "100%"
        uriComponentToString(uriComponent('1+1=2 % ?')) => "1+1=2 % ?"
        uriComponentToString(null) => error ArgumentType at null
        decodeUriComponent('a%20b+c') => "a b c"
        decodeUriComponent('%0A') => "\n"
        decodeUriComponent(1) => error ArgumentType at 1
        uriComponentToBinary('a%20b') => {"$content-type":"application/octet-stream","$content":"YSBi"}
        uriComponentToBinary(1) => error ArgumentType at 1
        """);

    public static TheoryData<string> Json => EvaluationTable.Rows("""
        json('{"a":[1,2.5,"x",true,null]}') => {"a":[1,2.5,"x",true,null]}
        json('[1,2]') => [1,2]
        json('1') => 1
        json('1.0') => 1.0
        json('"x"') => "x"
        json('null') => null
        json('true') => true
        json(' {"a" : 1} ') => {"a":1}
        json('{"a":1,"a":2}') => {"a":2}
        json('9223372036854775807') => 9223372036854775807
        json('{"a":"é\u00e9\n"}') => {"a":"éé\n"}
        json(binary('{"a":1}')) => {"a":1}
        json(string(json('{"b":1,"a":2}'))) => {"b":1,"a":2}
        json('{''a'':''x "y"''}') => {"a":"x \"y\""}
        json('{a:1, b_2 : [true,], 3: {} }') => {"a":1,"b_2":[true],"3":{}}
        json('/* x */ [1 /* '' */, 2] // y') => [1,2]
        json('{''it\''s'':"it''s"}') => {"it's":"it's"}
        json(concat('{"a":"1', decodeUriComponent('%0A%09'), '2"}')) => {"a":"1\n\t2"}
        json('') => error ArgumentValue at ''
        json('[,]') => error ArgumentValue
        json('{''a'':1') => error ArgumentValue
        json('{''a'':1}}') => error ArgumentValue
        json('{a b:1}') => error ArgumentValue
        json('''a') => error ArgumentValue
        json('/*') => error ArgumentValue
        json('{a}') => error ArgumentValue at '{a}'
        json('{"a":1') => error ArgumentValue
        json('{"a":1} x') => error ArgumentValue
        json('True') => error ArgumentValue
        json('hello') => error ArgumentValue
        json(null) => error ArgumentType at null
        json(createArray(1)) => error ArgumentType
        json(base64ToBinary('/w==')) => error ArgumentType
        """);

    [Theory]
    [MemberData(nameof(Base64))]
    public void Base64_is_written_and_read(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(DataUris))]
    public void Data_URIs_are_written_and_read(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(UriComponents))]
    public void Parts_of_URIs_are_written_and_read(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(Json))]
    public void JSON_is_read(string row) => EvaluationTable.Check(row);
}
